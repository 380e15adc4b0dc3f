using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>Defaults of services, endpoints and policies.</summary>
internal static class NetworkDefaults
{
    public static JsonObject Service(JsonObject service) => service.Change("spec", static spec =>
    {
        spec = spec.OrDefaultText("sessionAffinity", "None").OrDefaultText("type", "ClusterIP");
        spec = spec.StringAt("sessionAffinity") == "ClientIP"
            ? spec.ChangeOrAdd("sessionAffinityConfig", static config => config.ChangeOrAdd("clientIP", static client => client.OrDefault("timeoutSeconds", 10800)))
            : spec.Without("sessionAffinityConfig");
        var type = spec.StringAt("type");
        if (type is "NodePort" or "LoadBalancer" || (type == "ClusterIP" && spec["externalIPs"] is JsonArray { Count: > 0 }))
            spec = spec.OrDefaultText("externalTrafficPolicy", "Cluster");
        if (type is "NodePort" or "LoadBalancer" or "ClusterIP")
            spec = spec.OrDefault("internalTrafficPolicy", "Cluster");
        if (type == "LoadBalancer")
            spec = spec.OrDefault("allocateLoadBalancerNodePorts", true);
        return spec.ChangeEach("ports", ServicePort);
    }).Change("status", static status => status.Change("loadBalancer", static balancer =>
        balancer.ChangeEach("ingress", static ingress => ingress.StringAt("ip") is { Length: > 0 } ? ingress.OrDefault("ipMode", "VIP") : ingress)));

    public static JsonObject Endpoints(JsonObject endpoints) =>
        endpoints.ChangeEach("subsets", static subset => subset.ChangeEach("ports", static port => port.OrDefaultText("protocol", "TCP")));

    public static JsonObject EndpointSlice(JsonObject slice) =>
        slice.ChangeEach("ports", static port => port.OrDefault("name", "").OrDefault("protocol", "TCP"));

    public static JsonObject IngressClass(JsonObject ingressClass) =>
        ingressClass.Change("spec", static spec => spec.Change("parameters", static parameters => parameters.OrDefault("scope", "Cluster")));

    public static JsonObject NetworkPolicy(JsonObject policy) => policy.Change("spec", static spec =>
    {
        if (spec["policyTypes"] is not JsonArray { Count: > 0 })
            spec = spec.With("policyTypes", spec["egress"] is JsonArray { Count: > 0 } ? JsonArray.Of("Ingress", "Egress") : JsonArray.Of("Ingress"));
        return spec.ChangeEach("ingress", PolicyPorts).ChangeEach("egress", PolicyPorts);
    });

    private static JsonObject PolicyPorts(JsonObject rule) => rule.ChangeEach("ports", static port => port.OrDefault("protocol", "TCP"));

    private static JsonObject ServicePort(JsonObject port)
    {
        port = port.OrDefaultText("protocol", "TCP");
        var isUnset = port["targetPort"] is null or JsonNull or JsonString { Value: "" } || port.LongAt("targetPort") == 0;
        return isUnset && port["port"] is { } number ? port.With("targetPort", number) : port;
    }
}
