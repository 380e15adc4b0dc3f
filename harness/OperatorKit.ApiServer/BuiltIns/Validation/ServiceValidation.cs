using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Services.</summary>
internal static class ServiceValidation
{
    public static IEnumerable<FieldError> Validate(JsonObject service, JsonObject? old)
    {
        var spec = service.ObjectAt("spec") ?? JsonObject.Empty;
        var type = spec.StringAt("type");
        var isHeadless = spec.StringAt("clusterIP") == "None";
        IEnumerable<FieldError> errors =
        [
            .. !spec.Objects("ports").Any() && !isHeadless && type != "ExternalName" ? [FieldError.Required("spec.ports")] : (FieldError[])[],
            .. type == "ExternalName" && string.IsNullOrEmpty(spec.StringAt("externalName")) ? [FieldError.Required("spec.externalName")] : (FieldError[])[],
            .. Ports(spec),
            .. Checks.OneOf(spec, "spec", "sessionAffinity", "ClientIP", "None"),
            .. Checks.OneOf(spec, "spec", "type", "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"),
        ];
        return old is null ? errors : Unchanged(spec, old.ObjectAt("spec") ?? JsonObject.Empty).Concat(errors);
    }

    private static IEnumerable<FieldError> Unchanged(JsonObject spec, JsonObject before)
    {
        if (spec.StringAt("type") == "ExternalName" || before.StringAt("type") == "ExternalName")
            yield break;
        if (!Checks.Same(spec["clusterIPs"], before["clusterIPs"]))
            yield return FieldError.Invalid("spec.clusterIPs[0]", spec["clusterIPs"] ?? JsonValue.Null, "may not change once set");
    }

    private static IEnumerable<FieldError> Ports(JsonObject spec)
    {
        var ports = spec.Objects("ports").ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var used = new HashSet<(JsonValue?, JsonValue?)>();
        for (var i = 0; i < ports.Length; i++)
        {
            var (port, path) = (ports[i], Checks.At("spec.ports", i));
            foreach (var error in Name(port.StringAt("name") ?? "", ports.Length > 1, $"{path}.name", names))
                yield return error;
            foreach (var error in Checks.Port(port["port"] ?? 0, $"{path}.port"))
                yield return error;
            foreach (var error in Checks.OneOf(port, path, "protocol", "SCTP", "TCP", "UDP"))
                yield return error;
            foreach (var error in TargetPort(port, $"{path}.targetPort"))
                yield return error;
            if (!used.Add((port["protocol"], port["port"])))
                yield return FieldError.Duplicate(path, JsonObject.Of(("name", ""), ("protocol", port["protocol"] ?? ""), ("port", port["port"] ?? 0), ("targetPort", 0)));
        }
    }

    private static IEnumerable<FieldError> Name(string name, bool isNeeded, string path, HashSet<string> names)
    {
        if (name.Length == 0)
            return isNeeded ? [FieldError.Required(path)] : [];
        var problems = Checks.Formatted(name, path, NameFormat.Label);
        return names.Add(name) ? problems : problems.Append(FieldError.Duplicate(path, name));
    }

    private static IEnumerable<FieldError> TargetPort(JsonObject port, string path) => port["targetPort"] switch
    {
        JsonNumber number => Checks.Port(number, path),
        JsonString { Value.Length: > 15 } name => [FieldError.Invalid(path, name, "must be no more than 15 characters")],
        _ => [],
    };
}
