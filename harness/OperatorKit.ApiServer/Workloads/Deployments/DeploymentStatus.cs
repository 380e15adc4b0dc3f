using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Workloads.Deployments;

/// <summary>The status of a Deployment: counts, and whether it is available and getting on.</summary>
internal static class DeploymentStatus
{
    public static (JsonObject Status, DateTimeOffset? Next) Of(DeploymentState state, DateTimeOffset now)
    {
        long total = Sum(state.All, "replicas"), ready = Sum(state.All, "readyReplicas"), available = Sum(state.All, "availableReplicas");
        var updated = state.Current?.LongAt("status", "replicas") ?? 0;
        var old = state.Deployment.ObjectAt("status") ?? JsonObject.Empty;
        var counts = old
            .WithCountUnlessZero("observedGeneration", state.Deployment.Generation)
            .WithCountUnlessZero("replicas", total)
            .WithCountUnlessZero("updatedReplicas", updated)
            .WithCountUnlessZero("readyReplicas", ready)
            .WithCountUnlessZero("availableReplicas", available)
            .WithCountUnlessZero("unavailableReplicas", Math.Max(0, state.All.Sum(DeploymentState.Replicas) - available));
        var complete = updated == state.Desired && total == state.Desired && available == state.Desired;
        var moved = !counts.Without("conditions").Equals(old.Without("conditions"));
        var (progressing, next) = Progressing(state, complete, moved, now);
        var conditions = Conditions.Set(state.Deployment, now, progressing is null ? [Availability(state, available)] : [Availability(state, available), progressing]);
        return (counts.With("conditions", WithUpdateTimes(conditions, state.Deployment, moved, now)), next);
    }

    private static long Sum(IEnumerable<JsonObject> sets, string field) => sets.Sum(set => set.LongAt("status", field) ?? 0);

    private static Condition Availability(DeploymentState state, long available) => available >= state.Desired - state.MaxUnavailable
        ? new("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
        : new("Available", false, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");

    private static (Condition?, DateTimeOffset?) Progressing(DeploymentState state, bool complete, bool moved, DateTimeOffset now)
    {
        var set = state.Current?.Name ?? "";
        if (state.Paused)
            return (new("Progressing", true, "DeploymentPaused", "Deployment is paused"), null);
        if (complete)
            return (new("Progressing", true, "NewReplicaSetAvailable", $"ReplicaSet \"{set}\" has successfully progressed."), null);
        if (moved || Conditions.Find(state.Deployment, "Progressing") is not { } before)
            return (new("Progressing", true, "ReplicaSetUpdated", $"ReplicaSet \"{set}\" is progressing."), now + Deadline(state));
        if (before.StringAt("status") == "False")
            return (null, null);
        var deadline = (KubernetesTime.Parse(before.StringAt("lastUpdateTime")) ?? now) + Deadline(state);
        return deadline <= now
            ? (new("Progressing", false, "ProgressDeadlineExceeded", $"ReplicaSet \"{set}\" has timed out progressing."), null)
            : (null, deadline);
    }

    private static TimeSpan Deadline(DeploymentState state) => TimeSpan.FromSeconds(state.Deployment.LongAt("spec", "progressDeadlineSeconds") ?? 600);

    private static JsonArray WithUpdateTimes(JsonArray conditions, JsonObject deployment, bool moved, DateTimeOffset now) =>
        JsonArray.Of(conditions.Items.OfType<JsonObject>().Select(entry =>
        {
            var before = Conditions.Find(deployment, entry.StringAt("type") ?? "");
            var fresh = before is null || !before.Equals(entry) || (moved && entry.StringAt("reason") == "ReplicaSetUpdated");
            return fresh ? entry.With("lastUpdateTime", KubernetesTime.Format(now)) : entry;
        }));
}
