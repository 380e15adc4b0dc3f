using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads.Services;

/// <summary>The EndpointSlice and the Endpoints of a Service.</summary>
internal static class EndpointObjects
{
    /// <summary>The same for the life of a Service, and another for the next one of its name.</summary>
    public static string SliceName(JsonObject service) => $"{service.Name}-{PodTemplate.Hash(JsonObject.Of(("uid", service.Uid)))[..5]}";

    public static JsonObject Slice(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var labels = service.Labels
            .With("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
            .With("kubernetes.io/service-name", service.Name);
        return JsonObject.Of(
            ("apiVersion", "discovery.k8s.io/v1"),
            ("kind", "EndpointSlice"),
            ("metadata", JsonObject.Of(
                ("name", SliceName(service)),
                ("namespace", service.Namespace),
                ("labels", labels),
                ("ownerReferences", OwnerReference.ControlledBy(service, "v1", "Service")))),
            ("addressType", "IPv4"),
            ("endpoints", JsonArray.Of(pods.Select(Endpoint))),
            ("ports", JsonArray.Of(Ports(service, pods))));
    }

    public static JsonObject Endpoints(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        var result = JsonObject.Of(
            ("apiVersion", "v1"),
            ("kind", "Endpoints"),
            ("metadata", JsonObject.Of(("name", service.Name), ("namespace", service.Namespace), ("labels", service.Labels))));
        if (pods.Count == 0)
            return result;
        var subset = new JsonObject.Builder();
        var (ready, waiting) = (pods.Where(static pod => pod.IsReady).ToList(), pods.Where(static pod => !pod.IsReady).ToList());
        if (ready.Count > 0)
            subset["addresses"] = JsonArray.Of(ready.Select(Address));
        if (waiting.Count > 0)
            subset["notReadyAddresses"] = JsonArray.Of(waiting.Select(Address));
        subset["ports"] = JsonArray.Of(Ports(service, pods));
        return result.With("subsets", JsonArray.Of(subset.Build()));
    }

    private static JsonObject Endpoint(JsonObject pod) => JsonObject.Of(
        ("addresses", JsonArray.Of(pod.StringAt("status", "podIP")!)),
        ("conditions", JsonObject.Of(("ready", pod.IsReady && !pod.IsDeleting), ("serving", pod.IsReady), ("terminating", pod.IsDeleting))),
        ("nodeName", pod.NodeName),
        ("targetRef", Reference(pod)));

    private static JsonObject Address(JsonObject pod) => JsonObject.Of(
        ("ip", pod.StringAt("status", "podIP")!),
        ("nodeName", pod.NodeName),
        ("targetRef", Reference(pod)));

    private static JsonObject Reference(JsonObject pod) =>
        JsonObject.Of(("kind", "Pod"), ("namespace", pod.Namespace), ("name", pod.Name), ("uid", pod.Uid));

    private static IEnumerable<JsonObject> Ports(JsonObject service, IReadOnlyList<JsonObject> pods)
    {
        foreach (var port in (service.ArrayAt("spec", "ports") ?? JsonArray.Empty).Items.OfType<JsonObject>())
        {
            if (TargetPort(port, pods) is not { } number)
                continue;
            yield return JsonObject.Of(("name", port.StringAt("name") ?? ""), ("port", number), ("protocol", port.StringAt("protocol") ?? "TCP"));
        }
    }

    /// <summary>The number, looked up in the first pod that names it; null where none does.</summary>
    private static long? TargetPort(JsonObject port, IReadOnlyList<JsonObject> pods)
    {
        if (port["targetPort"] is JsonString { Value: var name } && !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return pods.SelectMany(static pod => (pod.ArrayAt("spec", "containers") ?? JsonArray.Empty).Items.OfType<JsonObject>())
                .SelectMany(static container => (container.ArrayAt("ports") ?? JsonArray.Empty).Items.OfType<JsonObject>())
                .FirstOrDefault(candidate => candidate.StringAt("name") == name)?.LongAt("containerPort");
        }

        return port.LongAt("targetPort") ?? port.LongAt("port");
    }
}
