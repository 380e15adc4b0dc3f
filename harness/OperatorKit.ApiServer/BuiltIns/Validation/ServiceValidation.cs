using System.Net.Sockets;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Services.</summary>
internal static class ServiceValidation
{
    private const string BalancerOnly = "may only be used when `type` is 'LoadBalancer'";

    public static IEnumerable<FieldError> Validate(JsonObject service, JsonObject? old)
    {
        var spec = service.ObjectAt("spec") ?? JsonObject.Empty;
        var type = spec.StringAt("type") ?? "";
        IEnumerable<FieldError> errors =
        [
            .. NeedsPorts(spec, type),
            .. ForType(spec, type),
            .. Ports(spec),
            .. Checks.Labels(spec.ObjectAt("selector"), "spec.selector"),
            .. Checks.OneOf(spec, "spec", "sessionAffinity", "ClientIP", "None"),
            .. Affinity(spec),
            .. type == "ExternalName" ? [] : Addresses(spec),
            .. spec.Strings("externalIPs").SelectMany(static (address, i) => EndpointValidation.Reachable(address, Checks.At("spec.externalIPs", i))),
            .. Checks.OneOf(spec, "spec", "type", "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"),
            .. PortNumbers(spec, type),
            .. Balancer(spec, type),
            .. TrafficPolicy(spec, type),
        ];
        if (old?.ObjectAt("spec") is not { } before)
            return errors;
        // Where an address does not fit its family, it is said before anything else is looked at.
        return Families(spec).ToArray() is { Length: > 0 } unfit ? unfit : Unchanged(spec, before).Concat(errors);
    }

    private static bool IsHeadless(JsonObject spec) => spec.StringAt("clusterIP") == "None";

    private static IEnumerable<FieldError> Unchanged(JsonObject spec, JsonObject before)
    {
        if (spec.StringAt("type") == "ExternalName" || before.StringAt("type") == "ExternalName")
            yield break;
        foreach (var field in (string[])["clusterIPs", "ipFamilies"])
        {
            var (now, was) = (spec.Strings(field).ToArray(), before.Strings(field).ToArray());
            if (was.Length > 0 && now.Length > 0 && (now[0] != was[0]))
                yield return FieldError.Invalid($"spec.{field}[0]", spec[field]!, "may not change once set");
        }

        var isBalancer = spec.StringAt("type") == "LoadBalancer" && before.StringAt("type") == "LoadBalancer";
        if (isBalancer && !Checks.Same(spec["loadBalancerClass"], before["loadBalancerClass"]))
            yield return FieldError.Invalid("spec.loadBalancerClass", spec["loadBalancerClass"] ?? JsonValue.Null, "may not change once set");
        var keepsHealthCheck = isBalancer && spec.StringAt("externalTrafficPolicy") == "Local" && before.StringAt("externalTrafficPolicy") == "Local";
        if (keepsHealthCheck && (before.LongAt("healthCheckNodePort") ?? 0) != 0 && !Checks.Same(spec["healthCheckNodePort"], before["healthCheckNodePort"]))
            yield return FieldError.Forbidden("spec.healthCheckNodePort", "field is immutable");
    }

    private static IEnumerable<FieldError> NeedsPorts(JsonObject spec, string type) =>
        !spec.Objects("ports").Any() && !IsHeadless(spec) && type != "ExternalName" ? [FieldError.Required("spec.ports")] : [];

    private static IEnumerable<FieldError> ForType(JsonObject spec, string type)
    {
        if (type is "LoadBalancer" or "NodePort")
            return IsHeadless(spec) ? [FieldError.Invalid("spec.clusterIPs[0]", "None", $"may not be set to 'None' for {type} services")] : [];
        if (type != "ExternalName")
            return [];
        var name = spec.StringAt("externalName") ?? "";
        if (name.EndsWith('.'))
            name = name[..^1];
        return ((string[])["clusterIPs", "ipFamilies", "ipFamilyPolicy"]).Where(field => spec[field] is JsonArray { Count: > 0 } or JsonString)
            .Select(field => FieldError.Forbidden($"spec.{field}", "may not be set for ExternalName services"))
            .Concat(name.Length == 0 ? [FieldError.Required("spec.externalName")] : Checks.Formatted(name, "spec.externalName", NameFormat.Subdomain));
    }

    private static IEnumerable<FieldError> Ports(JsonObject spec)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var ports = spec.Objects("ports").ToArray();
        return ports.SelectMany((port, i) =>
        {
            var at = Checks.At("spec.ports", i);
            return Name(port.StringAt("name") ?? "", ports.Length > 1, $"{at}.name", names)
                .Concat(Checks.Port(port["port"] ?? 0, $"{at}.port"))
                .Concat(Checks.OneOf(port, at, "protocol", "SCTP", "TCP", "UDP"))
                .Concat(Checks.PortOrName(port["targetPort"], $"{at}.targetPort"))
                .Concat(port.StringAt("appProtocol") is { } protocol ? Checks.Formatted(protocol, $"{at}.appProtocol", NameFormat.QualifiedName) : []);
        });
    }

    private static IEnumerable<FieldError> Name(string name, bool isNeeded, string path, HashSet<string> names)
    {
        if (name.Length == 0)
            return isNeeded ? [FieldError.Required(path)] : [];
        var problems = Checks.Formatted(name, path, NameFormat.Label);
        return names.Add(name) ? problems : problems.Append(FieldError.Duplicate(path, name));
    }

    private static IEnumerable<FieldError> Affinity(JsonObject spec) => spec.StringAt("sessionAffinity") == "ClientIP" && spec.LongAt("sessionAffinityConfig", "clientIP", "timeoutSeconds") is { } seconds and (<= 0 or > 86400)
        ? [FieldError.Invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds, "must be greater than 0 and less than 86400")]
        : [];

    private static IEnumerable<FieldError> Addresses(JsonObject spec)
    {
        var addresses = spec.Strings("clusterIPs").ToArray();
        var families = spec.Strings("ipFamilies").ToArray();
        if (addresses.Length > 0 && spec.StringAt("clusterIP") is { Length: > 0 } first && addresses[0] != first)
            yield return FieldError.Invalid("spec.clusterIPs", spec["clusterIPs"]!, "first value must match `clusterIP`");
        for (var i = 0; i < families.Length; i++)
        {
            if (families[i] is not ("IPv4" or "IPv6"))
                yield return FieldError.NotSupported(Checks.At("spec.ipFamilies", i), families[i], "IPv4", "IPv6");
            if (Array.IndexOf(families, families[i]) < i)
                yield return FieldError.Duplicate(Checks.At("spec.ipFamilies", i), families[i]);
        }

        foreach (var error in Checks.OneOf(spec, "spec", "ipFamilyPolicy", "PreferDualStack", "RequireDualStack", "SingleStack"))
            yield return error;
        if (addresses is ["None", ..])
        {
            if (addresses.Length > 1)
                yield return FieldError.Invalid("spec.clusterIPs", spec["clusterIPs"]!, "'None' must be the first and only value");
            yield break;
        }

        var wrong = addresses.SelectMany(static (address, i) => Checks.Address(address, Checks.At("spec.clusterIPs", i))).ToArray();
        foreach (var error in wrong)
            yield return error;
        if (addresses.Length > 2)
            yield return FieldError.Invalid("spec.clusterIPs", spec["clusterIPs"]!, "may only hold up to 2 values");
        foreach (var error in wrong.Length == 0 ? Families(spec) : [])
            yield return error;
    }

    private static IEnumerable<FieldError> Families(JsonObject spec)
    {
        var (addresses, families) = (spec.Strings("clusterIPs").ToArray(), spec.Strings("ipFamilies").ToArray());
        for (var i = 0; addresses.All(static address => Formats.ParseAddress(address) is not null) && i < Math.Min(addresses.Length, families.Length); i++)
        {
            var family = Formats.ParseAddress(addresses[i])!.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
            if (families[i] is "IPv4" or "IPv6" && families[i] != family)
                yield return FieldError.Invalid(Checks.At("spec.clusterIPs", i), addresses[i], FormattableString.Invariant($"expected an {families[i]} value as indicated by `ipFamilies[{i}]`"));
        }
    }

    private static IEnumerable<FieldError> PortNumbers(JsonObject spec, string type)
    {
        var ports = spec.Objects("ports").ToArray();
        for (var i = 0; type == "ClusterIP" && i < ports.Length; i++)
        {
            if (ports[i].LongAt("nodePort") is { } given and not 0)
                yield return FieldError.Forbidden($"{Checks.At("spec.ports", i)}.nodePort", "may not be used when `type` is 'ClusterIP'");
        }

        var nodePorts = new HashSet<(JsonValue?, JsonValue?)>();
        for (var i = 0; i < ports.Length; i++)
        {
            if (ports[i].LongAt("nodePort") is { } outside and not 0 and (< 30000 or > 32767))
                yield return FieldError.Invalid($"{Checks.At("spec.ports", i)}.nodePort", outside, "provided port is not in the valid range. The range of valid ports is 30000-32767");
            if (ports[i].LongAt("nodePort") is { } number and not 0 && !nodePorts.Add((ports[i]["protocol"], ports[i]["nodePort"])))
                yield return FieldError.Duplicate($"{Checks.At("spec.ports", i)}.nodePort", number);
        }

        var used = new HashSet<(JsonValue?, JsonValue?)>();
        for (var i = 0; i < ports.Length; i++)
        {
            // The real server prints its internal struct here.
            if (!used.Add((ports[i]["protocol"], ports[i]["port"])))
                yield return FieldError.Duplicate(Checks.At("spec.ports", i), JsonObject.Of(("Name", ""), ("Protocol", ports[i]["protocol"] ?? ""), ("AppProtocol", JsonValue.Null), ("Port", ports[i]["port"] ?? 0), ("TargetPort", 0), ("NodePort", 0)));
        }
    }

    private static IEnumerable<FieldError> Balancer(JsonObject spec, string type)
    {
        var ranges = spec.Strings("loadBalancerSourceRanges").ToArray();
        if (ranges.Length > 0 && type != "LoadBalancer")
            yield return FieldError.Forbidden("spec.LoadBalancerSourceRanges", BalancerOnly);
        for (var i = 0; i < ranges.Length; i++)
        {
            foreach (var error in Checks.Formatted(ranges[i].Trim(), Checks.At("spec.LoadBalancerSourceRanges", i), Formats.Cidr))
                yield return error;
        }

        foreach (var field in ((string[])["allocateLoadBalancerNodePorts", "loadBalancerClass"]).Where(field => spec.Has(field) && type != "LoadBalancer"))
            yield return FieldError.Forbidden($"spec.{field}", BalancerOnly);
    }

    private static IEnumerable<FieldError> TrafficPolicy(JsonObject spec, string type)
    {
        var policy = spec.StringAt("externalTrafficPolicy") ?? "";
        var isExternal = type is "LoadBalancer" or "NodePort" || (type == "ClusterIP" && spec.Strings("externalIPs").Any());
        if (!isExternal && policy.Length > 0)
            yield return FieldError.Invalid("spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        else if (isExternal && policy.Length > 0 && policy is not ("Cluster" or "Local"))
            yield return FieldError.NotSupported("spec.externalTrafficPolicy", policy, "Cluster", "Local");
        if (spec.LongAt("healthCheckNodePort") is { } check and not 0 && (type != "LoadBalancer" || policy != "Local"))
            yield return FieldError.Invalid("spec.healthCheckNodePort", check, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        foreach (var error in Checks.OneOf(spec, "spec", "internalTrafficPolicy", "Cluster", "Local").Concat(Checks.OneOf(spec, "spec", "trafficDistribution", "PreferClose", "PreferSameZone", "PreferSameNode")))
            yield return error;
    }
}
