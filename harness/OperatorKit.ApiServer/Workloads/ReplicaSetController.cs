using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Keeps as many pods as a ReplicaSet, or a ReplicationController, asks for and counts them in its status.</summary>
internal sealed class ReplicaSetController(string name, GroupResource resource, string apiVersion, string kind) : IController
{
    public string Name => name;

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) =>
        Ownership.Affected(change, view, resource, WellKnown.Pods);

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } set)
            return Decision.Nothing;

        var pods = view.ControlledBy(set.Uid, WellKnown.Pods).Where(static pod => pod.IsActive).ToList();
        var missing = (set.LongAt("spec", "replicas") ?? 1) - pods.Count;
        if (missing != 0 && !set.IsDeleting)
            return missing > 0 ? NewPods(set, missing) : Surplus(pods, -missing);

        var availability = Availability.Of(pods, Availability.MinReady(set), now);
        var status = Status(set, pods, availability);
        return status.Equals(set.ObjectAt("status"))
            ? new Decision([], availability.NextChange)
            : new Decision([new Replace(key, set.With("status", status), "status")], availability.NextChange);
    }

    private List<ControllerAction> NewPods(JsonObject set, long count)
    {
        var pod = PodTemplate.Generated(set, set.ObjectAt("spec", "template") ?? JsonObject.Empty, kind, apiVersion);
        return [.. Enumerable.Repeat(pod, (int)count)];
    }

    private static List<ControllerAction> Surplus(List<JsonObject> pods, long count) =>
        pods.OrderBy(static pod => pod.IsReady)
            .ThenByDescending(static pod => pod.StringAt("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .ThenBy(static pod => pod.Name, StringComparer.Ordinal)
            .Take((int)count)
            .Select(static ControllerAction (pod) => new Delete(new ObjectKey(WellKnown.Pods, pod.Namespace, pod.Name), pod.Uid))
            .ToList();

    private static JsonObject Status(JsonObject set, List<JsonObject> pods, Availability availability)
    {
        var labels = set.ObjectAt("spec", "template", "metadata", "labels") ?? JsonObject.Empty;
        return (set.ObjectAt("status") ?? JsonObject.Empty)
            .WithCount("replicas", pods.Count)
            .WithCountUnlessZero("fullyLabeledReplicas", pods.Count(pod => LabelMatching.MatchesMap(labels, pod.Labels)))
            .WithCountUnlessZero("readyReplicas", availability.Ready)
            .WithCountUnlessZero("availableReplicas", availability.Available)
            .WithCountUnlessZero("observedGeneration", set.Generation);
    }
}
