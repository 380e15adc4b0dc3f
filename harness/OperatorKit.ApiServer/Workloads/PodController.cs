using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Scheduler and kubelet of the only node: binds pods, starts them, finishes them, and lets deleted ones go.</summary>
internal sealed class PodController(WorkloadOptions options) : IController
{
    public string Name => "kubelet";

    public string Program => "kubelet";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == WellKnown.Pods && !change.IsDeletion)
            yield return change.Key;
        if (change.Key.Resource == WellKnown.Nodes && !change.IsDeletion)
        {
            foreach (var pod in view.All(WellKnown.Pods).Where(static pod => pod.NodeName.Length == 0))
                yield return new ObjectKey(WellKnown.Pods, pod.Namespace, pod.Name);
        }
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } pod)
            return Decision.Nothing;
        if (pod.IsDeleting)
            return Stop(key, pod, now);
        if (pod.NodeName.Length == 0)
            return Schedule(key, pod, view, now);
        if (pod.IsFinished || view[new ObjectKey(WellKnown.Nodes, "", pod.NodeName)] is null)
            return Decision.Nothing;
        return Run(key, pod, now);
    }

    private Decision Stop(ObjectKey key, JsonObject pod, DateTimeOffset now)
    {
        if (pod.LongAt("metadata", "deletionGracePeriodSeconds") is not > 0)
            return Decision.Nothing;
        var deadline = KubernetesTime.Parse(pod.StringAt("metadata", "deletionTimestamp")) ?? now;
        var grace = TimeSpan.FromSeconds(pod.LongAt("metadata", "deletionGracePeriodSeconds") ?? 0);
        var stopped = deadline - grace + (options.StopDelay < grace ? options.StopDelay : grace);
        return stopped > now ? Decision.At(stopped) : new Delete(key, pod.Uid) { GracePeriodSeconds = 0 };
    }

    private static Decision Schedule(ObjectKey key, JsonObject pod, ClusterView view, DateTimeOffset now)
    {
        if (pod.StringAt("spec", "schedulerName") is { } scheduler && scheduler != "default-scheduler")
            return Decision.Nothing;
        if (pod.ArrayAt("spec", "schedulingGates") is { Count: > 0 })
            return Decision.Nothing;
        var selector = pod.ObjectAt("spec", "nodeSelector") ?? JsonObject.Empty;
        var node = view.All(WellKnown.Nodes).FirstOrDefault(node => node.BoolAt("spec", "unschedulable") != true && LabelMatching.MatchesMap(selector, node.Labels));
        if (node is not null)
            return new Invoke(key, "binding", Binding(pod, node));

        var conditions = Conditions.Set(pod, now, new Condition("PodScheduled", false, "Unschedulable", "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."));
        return conditions.Equals(pod.ArrayAt("status", "conditions"))
            ? Decision.Nothing
            : new Replace(key, pod.WithAt(["status", "conditions"], conditions), "status");
    }

    private static JsonObject Binding(JsonObject pod, JsonObject node) => JsonObject.Of(
        ("apiVersion", "v1"),
        ("kind", "Binding"),
        ("metadata", JsonObject.Of(("name", pod.Name), ("namespace", pod.Namespace))),
        ("target", JsonObject.Of(("apiVersion", "v1"), ("kind", "Node"), ("name", node.Name))));

    private Decision Run(ObjectKey key, JsonObject pod, DateTimeOffset now)
    {
        var outcome = options.Outcome?.Invoke(ScriptedStatusController.ToNode(pod)) ?? ByImageName(pod);
        var started = KubernetesTime.Parse(pod.StringAt("status", "startTime")) ?? now;
        var settlesAt = started + options.StartDelay;
        var status = settlesAt > now ? PodStatus.Creating(pod, started, now)
            : CompletesByItself(pod) && outcome is (PodOutcome.Works or PodOutcome.Crashes) ? PodStatus.Finished(pod, outcome == PodOutcome.Works, started, now)
            : PodStatus.Settled(pod, outcome, started, now);

        var next = settlesAt > now ? settlesAt : (DateTimeOffset?)null;
        return status.Equals(pod.ObjectAt("status"))
            ? new Decision([], next)
            : new Decision([new Replace(key, pod.With("status", status), "status")], next);
    }

    private static bool CompletesByItself(JsonObject pod) => pod.ControllerReference is { Kind: "Job" };

    private static PodOutcome ByImageName(JsonObject pod) => (pod.ArrayAt("spec", "containers") ?? JsonArray.Empty).Items.OfType<JsonObject>()
        .Any(static container => container.StringAt("image")?.Contains("fail", StringComparison.Ordinal) == true) ? PodOutcome.Crashes : PodOutcome.Works;
}
