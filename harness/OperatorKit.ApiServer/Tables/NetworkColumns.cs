using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of services and what stands around them.</summary>
internal static class NetworkColumns
{
    private const int ShownEndpoints = 3;

    public static TableLayout Service { get; } = new(
        Cells.Name,
        Cells.Text("Type", "How the service is reached.", static obj => obj.StringAt("spec", "type")),
        Cells.Text("Cluster-IP", "Its address inside the cluster.", static obj => obj.Texts("spec", "clusterIPs").FirstOrDefault().Or(Cells.None)),
        Cells.Text("External-IP", "Its addresses outside the cluster.", ExternalAddress),
        Cells.Text("Port(s)", "Its ports.", static obj => string.Join(',', obj.Objects("spec", "ports").Select(Port)).Or(Cells.None)),
        Cells.Age,
        Cells.Wide("Selector", "The labels of the pods behind it.", static obj => Cells.Labels(obj.ObjectAt("spec", "selector"))));

    public static TableLayout Endpoints { get; } = new(
        Cells.Name,
        Cells.Text("Endpoints", "The addresses and ports that traffic goes to.", Addresses),
        Cells.Age);

    public static TableLayout EndpointSlice { get; } = new(
        Cells.Name,
        Cells.Text("AddressType", "What the addresses are.", static obj => obj.StringAt("addressType")),
        Cells.Text("Ports", "The ports that traffic goes to.", static obj => obj["ports"] is JsonArray { Count: > 0 }
            ? Shown(obj.Objects("ports").Select(static port => Cells.Plain(port["port"]).Or("*")))
            : Cells.Unset),
        Cells.Text("Endpoints", "The addresses that traffic goes to.", static obj => Shown(obj.Objects("endpoints").SelectMany(static endpoint => endpoint.Texts("addresses"))).Or(Cells.Unset)),
        Cells.Age);

    public static TableLayout Ingress { get; } = new(
        Cells.Name,
        Cells.Text("Class", "The controller that carries it out.", static obj => obj.StringAt("spec", "ingressClassName").Or(obj.StringAt("metadata", "annotations", "kubernetes.io/ingress.class").Or(Cells.None))),
        Cells.Text("Hosts", "The host names that it answers to.", static obj => Shown(obj.Objects("spec", "rules").Select(static rule => rule.StringAt("host")).OfType<string>().Where(static host => host.Length > 0)).Or("*")),
        Cells.Text("Address", "The addresses that it is reached at.", static obj => LoadBalancer(obj)),
        Cells.Text("Ports", "The ports that it listens on.", static obj => obj.ArrayAt("spec", "tls") is { Count: > 0 } ? "80, 443" : "80"),
        Cells.Age);

    public static TableLayout IngressClass { get; } = new(
        Cells.Name,
        Cells.Text("Controller", "The controller of the class.", static obj => obj.StringAt("spec", "controller")),
        Cells.Text("Parameters", "The object with the controller's settings.", static obj => Reference(obj.ObjectAt("spec", "parameters"))),
        Cells.Age);

    public static TableLayout NetworkPolicy { get; } = new(
        Cells.Name,
        Cells.Text("Pod-Selector", "The labels of the pods that are meant.", static obj => Cells.LabelSelector(obj.ObjectAt("spec", "podSelector"))),
        Cells.Age);

    private static string Port(JsonObject port)
    {
        var (number, protocol) = (port.LongAt("port") ?? 0, port.StringAt("protocol"));
        return port.LongAt("nodePort") is > 0 and var node ? Cells.Invariant($"{number}:{node}/{protocol}") : Cells.Invariant($"{number}/{protocol}");
    }

    private static string ExternalAddress(JsonObject service)
    {
        var external = service.Texts("spec", "externalIPs").ToList();
        return service.StringAt("spec", "type") switch
        {
            "ExternalName" => service.StringAt("spec", "externalName").Or(Cells.None),
            "LoadBalancer" => string.Join(',', external.Prepend(LoadBalancer(service)).Where(static address => address.Length > 0)).Or("<pending>"),
            _ => string.Join(',', external).Or(Cells.None),
        };
    }

    private static string LoadBalancer(JsonObject obj) =>
        string.Join(',', obj.Objects("status", "loadBalancer", "ingress").Select(static ingress => ingress.StringAt("ip").Or(ingress.StringAt("hostname") ?? "")).Where(static address => address.Length > 0));

    private static string Addresses(JsonObject endpoints)
    {
        var all = endpoints.Objects("subsets").SelectMany(static subset =>
        {
            var addresses = subset.Objects("addresses").Select(static address => address.StringAt("ip") ?? "").ToList();
            var ports = subset.Objects("ports").ToList();
            return ports.Count == 0 ? addresses : ports.SelectMany(port => addresses.Select(address => Cells.Invariant($"{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{port.LongAt("port")}")));
        });
        return Shown(all).Or(Cells.None);
    }

    private static string Shown(IEnumerable<string> texts)
    {
        var all = texts.ToList();
        return all.Count <= ShownEndpoints ? string.Join(',', all) : Cells.Invariant($"{string.Join(',', all.Take(ShownEndpoints))} + {all.Count - ShownEndpoints} more...");
    }

    private static string Reference(JsonObject? reference)
    {
        if (reference is null)
            return Cells.None;
        var group = reference.StringAt("apiGroup") is { Length: > 0 } name ? "." + name : "";
        return $"{reference.StringAt("kind")}{group}/{reference.StringAt("name")}";
    }
}
