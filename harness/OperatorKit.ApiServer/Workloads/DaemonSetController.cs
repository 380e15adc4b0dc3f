using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Keeps one pod of a DaemonSet on each node that its template selects.</summary>
internal sealed class DaemonSetController : IController
{
    private const string RevisionLabel = "controller-revision-hash";

    public string Name => "daemon-set-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) => change.Key.Resource == WellKnown.Nodes
        ? view.All(WellKnown.DaemonSets).Select(static set => new ObjectKey(WellKnown.DaemonSets, set.Namespace, set.Name))
        : Ownership.Affected(change, view, WellKnown.DaemonSets, WellKnown.Pods, WellKnown.ControllerRevisions);

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } set)
            return Decision.Nothing;

        var template = set.ObjectAt("spec", "template") ?? JsonObject.Empty;
        var history = RevisionHistory.Of(set, "DaemonSet", RevisionLabel, view);
        var revision = history.Hash;
        var selector = template.ObjectAt("spec", "nodeSelector") ?? JsonObject.Empty;
        var nodes = view.All(WellKnown.Nodes).Where(node => LabelMatching.MatchesMap(selector, node.Labels)).Select(static node => node.Name).ToHashSet(StringComparer.Ordinal);
        var pods = view.ControlledBy(set.Uid, WellKnown.Pods).ToList();
        List<ControllerAction> actions = set.IsDeleting ? [] : [.. history.Record(view) is { } record ? [record] : (ControllerAction[])[], .. Next(set, template, revision, nodes, pods)];
        if (actions.Count > 0)
            return actions;

        var placed = pods.Where(pod => pod.IsActive && nodes.Contains(pod.NodeName)).ToList();
        var availability = Availability.Of(placed, Availability.MinReady(set), now);
        var status = Status(set, revision, nodes.Count, pods.Count - placed.Count, placed, availability);
        if (!status.Equals(set.ObjectAt("status")))
            actions.Add(new Replace(key, set.With("status", status), "status"));
        if (!set.IsDeleting)
            actions.AddRange(history.Forget(pods.Select(pod => history.NameOf(pod.Labels.StringAt(RevisionLabel) ?? ""))));
        return new Decision(actions, availability.NextChange);
    }

    private static List<ControllerAction> Next(JsonObject set, JsonObject template, string revision, HashSet<string> nodes, List<JsonObject> pods)
    {
        var actions = new List<ControllerAction>();
        actions.AddRange(pods.Where(pod => !pod.IsDeleting && (pod.IsFinished || !nodes.Contains(pod.NodeName))).Select(Deletion));
        foreach (var node in nodes.Where(node => pods.TrueForAll(pod => pod.NodeName != node)).Order(StringComparer.Ordinal))
        {
            var placed = PodTemplate.WithLabel(template, RevisionLabel, revision).WithAt(["spec", "nodeName"], node);
            placed = PodTemplate.WithLabel(placed, "pod-template-generation", set.Generation.ToString(CultureInfo.InvariantCulture));
            actions.Add(PodTemplate.Generated(set, placed, "DaemonSet", "apps/v1"));
        }

        if (actions.Count == 0 && set.StringAt("spec", "updateStrategy", "type") != "OnDelete" && pods.TrueForAll(static pod => !pod.IsDeleting))
            actions.AddRange(pods.Where(pod => pod.Labels.StringAt(RevisionLabel) != revision).Take(1).Select(Deletion));
        return actions;
    }

    private static JsonObject Status(JsonObject set, string revision, int desired, int misplaced, List<JsonObject> pods, Availability availability) =>
        (set.ObjectAt("status") ?? JsonObject.Empty)
            .WithCount("currentNumberScheduled", pods.Count)
            .WithCount("desiredNumberScheduled", desired)
            .WithCount("numberMisscheduled", misplaced)
            .WithCount("numberReady", availability.Ready)
            .WithCountUnlessZero("numberAvailable", availability.Available)
            .WithCountUnlessZero("numberUnavailable", desired - availability.Available)
            .WithCountUnlessZero("observedGeneration", set.Generation)
            .WithCountUnlessZero("updatedNumberScheduled", pods.Count(pod => pod.Labels.StringAt(RevisionLabel) == revision));

    private static ControllerAction Deletion(JsonObject pod) => new Delete(new ObjectKey(WellKnown.Pods, pod.Namespace, pod.Name), pod.Uid);
}
