using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Keeps numbered pods and their volume claims: in order from the first, unless the policy is Parallel; updates from the last.</summary>
internal sealed class StatefulSetController : IController
{
    private const string RevisionLabel = "controller-revision-hash";

    public string Name => "statefulset-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) =>
        Ownership.Affected(change, view, WellKnown.StatefulSets, WellKnown.Pods, WellKnown.ControllerRevisions);

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } set)
            return Decision.Nothing;

        var history = RevisionHistory.Of(set, "StatefulSet", "controller.kubernetes.io/hash", view);
        var revision = history.Current;
        var pods = view.ControlledBy(set.Uid, WellKnown.Pods).Where(pod => Ordinal(set, pod) is not null).OrderBy(pod => Ordinal(set, pod)).ToList();
        List<ControllerAction> actions = set.IsDeleting ? [] : [.. history.Record(view) is { } record ? [record] : (ControllerAction[])[], .. Next(set, history, pods, view)];
        if (actions.Count > 0)
            return actions;

        var availability = Availability.Of(pods.Where(static pod => pod.IsActive), Availability.MinReady(set), now);
        var status = Status(set, revision, pods, availability);
        if (!status.Equals(set.ObjectAt("status")))
            actions.Add(new Replace(key, set.With("status", status), "status"));
        if (!set.IsDeleting)
            actions.AddRange(history.Forget([.. pods.Select(static pod => pod.Labels.StringAt(RevisionLabel) ?? ""), status.StringAt("currentRevision") ?? ""]));
        return new Decision(actions, availability.NextChange);
    }

    private static List<ControllerAction> Next(JsonObject set, RevisionHistory history, List<JsonObject> pods, ClusterView view)
    {
        var first = set.LongAt("spec", "ordinals", "start") ?? 0;
        var end = first + (set.LongAt("spec", "replicas") ?? 1);
        var parallel = set.StringAt("spec", "podManagementPolicy") == "Parallel";
        var actions = new List<ControllerAction>();
        for (var i = first; i < end; i++)
        {
            var pod = pods.FirstOrDefault(pod => Ordinal(set, pod) == i);
            if (pod is null)
                actions.AddRange(NewPod(set, history, i, view));
            else if (pod.IsFinished && !pod.IsDeleting)
                actions.Add(Deletion(pod));
            if (!parallel && pod is not { IsActive: true, IsReady: true })
                return actions;
        }

        if (actions.Count > 0)
            return actions;
        var surplus = pods.Where(pod => Ordinal(set, pod) >= end || Ordinal(set, pod) < first).Reverse().ToList();
        if (surplus.Count > 0)
            return Turn(surplus, parallel);
        return Outdated(set, history.Current, pods);
    }

    /// <summary>Deletions of all, or of the first alone once the one before it is gone.</summary>
    private static List<ControllerAction> Turn(List<JsonObject> pods, bool parallel) =>
        [.. (parallel ? pods : pods.Take(1)).Where(static pod => !pod.IsDeleting).Select(Deletion)];

    private static List<ControllerAction> Outdated(JsonObject set, string revision, List<JsonObject> pods)
    {
        if (set.StringAt("spec", "updateStrategy", "type") == "OnDelete" || pods.Exists(static pod => pod.IsDeleting || !pod.IsReady))
            return [];
        return [.. pods.Where(pod => Ordinal(set, pod) >= FirstUpdated(set) && pod.Labels.StringAt(RevisionLabel) != revision).TakeLast(1).Select(Deletion)];
    }

    /// <summary>The ordinal from which on pods follow the template; those before it keep to the revision that was rolled out last.</summary>
    private static long FirstUpdated(JsonObject set) =>
        (set.LongAt("spec", "ordinals", "start") ?? 0) + (set.LongAt("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0);

    private static IEnumerable<ControllerAction> NewPod(JsonObject set, RevisionHistory history, long ordinal, ClusterView view)
    {
        var (revision, template) = (history.Current, set.ObjectAt("spec", "template") ?? JsonObject.Empty);
        if (ordinal < FirstUpdated(set) && set.StringAt("status", "currentRevision") is { } current && history.Template(current) is { } before)
            (revision, template) = (current, before);
        var name = string.Create(CultureInfo.InvariantCulture, $"{set.Name}-{ordinal}");
        var volumes = (template.ArrayAt("spec", "volumes") ?? JsonArray.Empty).Items.ToList();
        foreach (var claim in (set.ArrayAt("spec", "volumeClaimTemplates") ?? JsonArray.Empty).Items.OfType<JsonObject>())
        {
            var claimKey = new ObjectKey(WellKnown.PersistentVolumeClaims, set.Namespace, $"{claim.Name}-{name}");
            if (view[claimKey] is null)
                yield return new Create(claimKey, Claim(claim, claimKey, set));
            volumes.RemoveAll(volume => (volume as JsonObject)?.StringAt("name") == claim.Name);
            volumes.Add(JsonObject.Of(("name", claim.Name), ("persistentVolumeClaim", JsonObject.Of(("claimName", claimKey.Name)))));
        }

        if (volumes.Count > 0)
            template = template.WithAt(["spec", "volumes"], JsonArray.Of(volumes));
        foreach (var (label, value) in ((string, string)[])[
            (RevisionLabel, revision),
            ("statefulset.kubernetes.io/pod-name", name),
            ("apps.kubernetes.io/pod-index", ordinal.ToString(CultureInfo.InvariantCulture))])
            template = PodTemplate.WithLabel(template, label, value);
        template = template.WithAt(["spec", "hostname"], name);
        if (set.StringAt("spec", "serviceName") is { Length: > 0 } service)
            template = template.WithAt(["spec", "subdomain"], service);
        yield return PodTemplate.Named(set, template, "StatefulSet", "apps/v1", name);
    }

    private static JsonObject Claim(JsonObject template, ObjectKey key, JsonObject set)
    {
        var labels = set.ObjectAt("spec", "selector", "matchLabels") ?? JsonObject.Empty;
        return JsonObject.Of(
            ("apiVersion", "v1"),
            ("kind", "PersistentVolumeClaim"),
            ("metadata", JsonObject.Of(("name", key.Name), ("namespace", key.Namespace), ("labels", labels))),
            ("spec", template.ObjectAt("spec") ?? JsonObject.Empty));
    }

    private static JsonObject Status(JsonObject set, string revision, List<JsonObject> pods, Availability availability)
    {
        var status = set.ObjectAt("status") ?? JsonObject.Empty;
        var updated = pods.Count(pod => !pod.IsDeleting && pod.Labels.StringAt(RevisionLabel) == revision);
        var settled = updated == pods.Count && pods.TrueForAll(static pod => pod.IsReady);
        var current = settled ? revision : status.StringAt("currentRevision") ?? revision;
        return status
            .WithCountUnlessZero("observedGeneration", set.Generation)
            .WithCount("replicas", pods.Count)
            .WithCountUnlessZero("readyReplicas", availability.Ready)
            .WithCount("availableReplicas", availability.Available)
            .WithCountUnlessZero("currentReplicas", pods.Count(pod => !pod.IsDeleting && pod.Labels.StringAt(RevisionLabel) == current))
            .WithCountUnlessZero("updatedReplicas", updated)
            .With("currentRevision", current)
            .With("updateRevision", revision)
            .With("collisionCount", 0);
    }

    private static ControllerAction Deletion(JsonObject pod) => new Delete(new ObjectKey(WellKnown.Pods, pod.Namespace, pod.Name), pod.Uid);

    private static long? Ordinal(JsonObject set, JsonObject pod) =>
        pod.Name.StartsWith(set.Name + "-", StringComparison.Ordinal)
        && long.TryParse(pod.Name.AsSpan(set.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : null;
}
