using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>
/// Gives services their cluster address and node ports. Both follow from the uid instead of an allocator:
/// the same service gets the same ones again, and two services collide about as often as two random draws would.
/// </summary>
internal static class ServiceStrategy
{
    private const string Headless = "None";

    public static IEnumerable<string> Warnings(JsonObject service, JsonObject? stored)
    {
        var spec = service.ObjectAt("spec") ?? JsonObject.Empty;
        var isExternalName = spec.StringAt("type") == "ExternalName";
        var isHeadless = spec.StringAt("clusterIP") == Headless;
        var hasExternalAddresses = spec["externalIPs"] is JsonArray { Count: > 0 };
        if (isHeadless && spec.StringAt("loadBalancerIP") is { Length: > 0 })
            yield return "spec.loadBalancerIP is ignored for headless services";
        if (isHeadless && hasExternalAddresses)
            yield return "spec.externalIPs is ignored for headless services";
        if (isHeadless && spec.StringAt("sessionAffinity") is { Length: > 0 } and not "None")
            yield return "spec.SessionAffinity is ignored for headless services";
        if (hasExternalAddresses && !isHeadless && !isExternalName)
            yield return "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
        if (hasExternalAddresses && isExternalName)
            yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        if (!isExternalName && spec.StringAt("externalName") is { Length: > 0 })
            yield return "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        if (spec.StringAt("trafficDistribution") == "PreferClose")
            yield return "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"";
    }

    public static JsonObject Create(JsonObject service) => service.Change("spec", spec => Allocated(spec, Seed(service)));

    public static JsonObject Update(JsonObject service, JsonObject stored) => service.Change("spec", spec =>
    {
        var before = stored.ObjectAt("spec") ?? JsonObject.Empty;
        if (spec.StringAt("type") == "ExternalName")
            return ForType(WithoutAddress(spec), before);
        // Who changes the one address means the first of all as well.
        if (spec.StringAt("clusterIP") is { Length: > 0 } address && address != before.StringAt("clusterIP") && Equals(spec["clusterIPs"], before["clusterIPs"]))
            spec = spec.With("clusterIPs", JsonArray.Of(spec.Strings("clusterIPs").Skip(1).Prepend(address).Select(JsonValue.From)));
        if (before.StringAt("type") != "ExternalName")
        {
            foreach (var key in (string[])["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"])
            {
                if (!spec.Has(key) && before[key] is { } value)
                    spec = spec.With(key, value);
            }

            spec = KeepingNodePorts(spec, before);
        }

        return Allocated(ForType(spec, before), Seed(stored));
    });

    private static JsonObject Allocated(JsonObject spec, uint seed)
    {
        var type = spec.StringAt("type");
        if (type == "ExternalName")
            return spec;
        if (spec.StringAt("clusterIP") is null or "" && spec.Strings("clusterIPs").FirstOrDefault() is null)
            spec = spec.With("clusterIP", string.Create(CultureInfo.InvariantCulture, $"10.96.{1 + (seed >> 8 & 0xff) % 254}.{1 + (seed & 0xff) % 254}"));
        else if (spec.StringAt("clusterIP") is null or "")
            spec = spec.With("clusterIP", spec.Strings("clusterIPs").First());
        var address = spec.StringAt("clusterIP")!;
        spec = spec.OrDefault("clusterIPs", JsonArray.Of(address));
        var isDual = address == Headless && spec["selector"] is not JsonObject { Count: > 0 };
        spec = spec
            .OrDefault("ipFamilies", isDual ? JsonArray.Of("IPv4", "IPv6") : JsonArray.Of(address.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4"))
            .OrDefault("ipFamilyPolicy", isDual ? "RequireDualStack" : "SingleStack");
        return type is "NodePort" or "LoadBalancer" ? WithNodePorts(spec, seed) : spec;
    }

    private static JsonObject WithNodePorts(JsonObject spec, uint seed)
    {
        if (spec.StringAt("type") == "LoadBalancer" && spec.BoolAt("allocateLoadBalancerNodePorts") == false)
            return spec;
        var next = seed;
        spec = spec.ChangeEach("ports", port => (port.LongAt("nodePort") ?? 0) != 0 ? port : port.With("nodePort", NodePort(next++)));
        var needsHealthCheck = spec.StringAt("type") == "LoadBalancer" && spec.StringAt("externalTrafficPolicy") == "Local";
        return needsHealthCheck && (spec.LongAt("healthCheckNodePort") ?? 0) == 0 ? spec.With("healthCheckNodePort", NodePort(next)) : spec;
    }

    private static long NodePort(uint seed) => 30000 + (seed % 2768);

    private static JsonObject KeepingNodePorts(JsonObject spec, JsonObject before) => spec.StringAt("type") is not ("NodePort" or "LoadBalancer")
        ? spec
        : spec.ChangeEach("ports", port =>
        {
            if ((port.LongAt("nodePort") ?? 0) != 0)
                return port;
            var old = before.Objects("ports").FirstOrDefault(candidate => Equals(candidate["port"], port["port"]) && Equals(candidate["protocol"], port["protocol"]));
            return old?["nodePort"] is { } number ? port.With("nodePort", number) : port;
        });

    /// <summary>What the new type has no use for goes when it came unchanged from the old type.</summary>
    private static JsonObject ForType(JsonObject spec, JsonObject before)
    {
        var (type, old) = (spec.StringAt("type"), before.StringAt("type"));
        if (type == old)
            return spec;
        if (type == "ClusterIP")
            spec = spec.Without("externalTrafficPolicy").Without("healthCheckNodePort").ChangeEach("ports", static port => port.Without("nodePort"));
        if (old == "LoadBalancer")
            spec = spec.Without("allocateLoadBalancerNodePorts").Without("loadBalancerClass").Without("healthCheckNodePort");
        return old == "ExternalName" && Equals(spec["externalName"], before["externalName"]) ? spec.Without("externalName") : spec;
    }

    private static JsonObject WithoutAddress(JsonObject spec)
    {
        foreach (var key in (string[])["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy", "externalTrafficPolicy", "healthCheckNodePort"])
            spec = spec.Without(key);
        return spec.ChangeEach("ports", static port => port.Without("nodePort"));
    }

    private static uint Seed(JsonObject service)
    {
        var hash = 2166136261u;
        foreach (var c in service.StringAt("metadata", "uid") ?? "")
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
