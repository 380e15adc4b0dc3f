using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>A new node takes no pods until it says that it is ready.</summary>
internal static class NodeStrategy
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    public static JsonObject Create(JsonObject node)
    {
        // The simulated node is ready from the start: what the node controller would take away at once is not put there.
        var isReady = node.ObjectAt("status")?.Objects("conditions").Any(static condition => condition.StringAt("type") == "Ready" && condition.StringAt("status") == "True") == true;
        var taints = node.ObjectAt("spec")?.Objects("taints").ToList() ?? [];
        if (isReady || taints.Exists(static taint => taint.StringAt("key") == NotReady && taint.StringAt("effect") == "NoSchedule"))
            return node;
        return node.WithAt(["spec", "taints"], JsonArray.Of([.. taints, JsonObject.Of(("key", NotReady), ("effect", "NoSchedule"))]));
    }
}
