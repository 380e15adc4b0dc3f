using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The containers of a pod.</summary>
internal static class ContainerValidation
{
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

    /// <param name="container">The container.</param>
    /// <param name="path">Its path.</param>
    /// <param name="names">Names of the containers before it; its own is added.</param>
    /// <param name="volumes">Names of the pod's volumes.</param>
    public static IEnumerable<FieldError> Validate(JsonObject container, string path, HashSet<string> names, HashSet<string> volumes) =>
    [
        .. Name(container, path, names),
        .. Image(container, path),
        .. Ports(container, path),
        .. Environment(container, path),
        .. Mounts(container, path, volumes),
        .. Probes(container, path),
        .. Resources(container, path),
        .. Checks.OneOf(container, path, "imagePullPolicy", "Always", "IfNotPresent", "Never"),
        .. Checks.OneOf(container, path, "terminationMessagePolicy", "FallbackToLogsOnError", "File"),
    ];

    private static IEnumerable<FieldError> Name(JsonObject container, string path, HashSet<string> names)
    {
        var name = container.StringAt("name") ?? "";
        if (name.Length == 0)
            return [FieldError.Required($"{path}.name")];
        return names.Add(name) ? Checks.Formatted(name, $"{path}.name", NameFormat.Label) : [FieldError.Duplicate($"{path}.name", name)];
    }

    private static IEnumerable<FieldError> Image(JsonObject container, string path)
    {
        var image = container.StringAt("image") ?? "";
        if (image.Length == 0)
            yield return FieldError.Required($"{path}.image");
        else if (image.Trim() != image)
            yield return FieldError.Invalid($"{path}.image", image, "must not have leading or trailing whitespace");
    }

    private static IEnumerable<FieldError> Ports(JsonObject container, string path)
    {
        var i = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var port in container.Objects("ports"))
        {
            var at = Checks.At($"{path}.ports", i++);
            if (port.StringAt("name") is { Length: > 0 } name && !names.Add(name))
                yield return FieldError.Duplicate($"{at}.name", name);
            if ((port.LongAt("containerPort") ?? 0) == 0)
                yield return FieldError.Required($"{at}.containerPort");
            foreach (var error in port.LongAt("containerPort") is not (null or 0) ? Checks.Port(port["containerPort"], $"{at}.containerPort") : [])
                yield return error;
            foreach (var error in port.LongAt("hostPort") is not (null or 0) ? Checks.Port(port["hostPort"], $"{at}.hostPort") : [])
                yield return error;
            foreach (var error in Checks.OneOf(port, at, "protocol", "SCTP", "TCP", "UDP"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Environment(JsonObject container, string path)
    {
        var i = 0;
        foreach (var variable in container.Objects("env"))
        {
            var at = Checks.At($"{path}.env", i++);
            if (string.IsNullOrEmpty(variable.StringAt("name")))
                yield return FieldError.Required($"{at}.name");
            if (variable.Has("valueFrom") && variable.StringAt("value") is { Length: > 0 })
                yield return FieldError.Invalid($"{at}.valueFrom", "", "may not be specified when `value` is not empty");
        }
    }

    private static IEnumerable<FieldError> Mounts(JsonObject container, string path, HashSet<string> volumes)
    {
        var i = 0;
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mount in container.Objects("volumeMounts"))
        {
            var at = Checks.At($"{path}.volumeMounts", i++);
            var (name, mountPath) = (mount.StringAt("name") ?? "", mount.StringAt("mountPath") ?? "");
            if (name.Length == 0)
                yield return FieldError.Required($"{at}.name");
            else if (!volumes.Contains(name))
                yield return FieldError.NotFound($"{at}.name", name);
            if (mountPath.Length == 0)
                yield return FieldError.Required($"{at}.mountPath");
            else if (!paths.Add(mountPath))
                yield return FieldError.Invalid($"{at}.mountPath", mountPath, "must be unique");
        }
    }

    private static IEnumerable<FieldError> Probes(JsonObject container, string path)
    {
        foreach (var name in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.ObjectAt(name) is not { } probe)
                continue;
            if (!Handlers.Any(probe.Has))
                yield return FieldError.Required($"{path}.{name}", "must specify a handler type");
            foreach (var error in Checks.NotNegative(probe, $"{path}.{name}", "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"))
                yield return error;
            if (name != "readinessProbe" && probe.LongAt("successThreshold") is { } threshold && threshold != 1)
                yield return FieldError.Invalid($"{path}.{name}.successThreshold", threshold, "must be 1");
        }
    }

    private static IEnumerable<FieldError> Resources(JsonObject container, string path)
    {
        var limits = container.ObjectAt("resources", "limits") ?? JsonObject.Empty;
        foreach (var (name, value) in (IEnumerable<KeyValuePair<string, JsonValue>>)(container.ObjectAt("resources", "requests") ?? JsonObject.Empty))
        {
            if (value is JsonString request && limits.StringAt(name) is { } limit && QuantityText.Nanos(request.Value) > QuantityText.Nanos(limit))
                yield return FieldError.Invalid($"{path}.resources.requests", request, $"must be less than or equal to {name} limit of {limit}");
        }
    }
}
