using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads.Deployments;

/// <summary>How many replicas each ReplicaSet of a Deployment is to have next: pure arithmetic of surge and unavailability.</summary>
internal static class DeploymentRollout
{
    public static long InitialReplicas(DeploymentState state) =>
        state.Recreates ? state.Desired : Grown(state, 0, state.Older.Sum(DeploymentState.Replicas));

    /// <summary>The wanted size of every ReplicaSet, whether or not it differs from what it has.</summary>
    public static IEnumerable<(JsonObject Set, long Replicas)> Scale(DeploymentState state, ClusterView view)
    {
        if (state.Current is not { } current)
            yield break;
        var total = state.All.Sum(DeploymentState.Replicas);
        var size = DeploymentState.Replicas(current);
        if (state.Paused && state.Older.Any(static set => DeploymentState.Replicas(set) > 0))
            yield break;

        var blocked = state.Recreates && state.Older.Any(set => DeploymentState.Replicas(set) > 0 || PodsOf(set, view));
        yield return (current, size > state.Desired ? state.Desired : blocked ? size : state.Recreates ? state.Desired : Grown(state, size, total));

        var spare = Spare(state, current, total);
        foreach (var old in state.Older.Reverse())
        {
            var replicas = DeploymentState.Replicas(old);
            // Pods that do not work give nothing up, so they go first and cost no availability.
            var unhealthy = Math.Max(0, replicas - DeploymentState.Available(old));
            var down = state.Recreates ? replicas : Math.Min(Math.Min(replicas, spare.Removable), Math.Max(unhealthy, spare.Available));
            spare = (spare.Removable - down, spare.Available - Math.Max(0, down - unhealthy));
            yield return (old, replicas - down);
        }
    }

    public static bool OldPodsRemain(DeploymentState state, ClusterView view) =>
        state.Older.Any(set => DeploymentState.Replicas(set) > 0 || PodsOf(set, view));

    /// <summary>Empty ReplicaSets beyond the history that is kept.</summary>
    public static IEnumerable<JsonObject> Forgotten(DeploymentState state) => state.Older
        .Where(static set => DeploymentState.Replicas(set) == 0 && set.LongAt("status", "replicas") is null or 0 && !set.IsDeleting)
        .Skip((int)Math.Min(state.Deployment.LongAt("spec", "revisionHistoryLimit") ?? 10, int.MaxValue));

    private static bool PodsOf(JsonObject set, ClusterView view) => view.ControlledBy(set.Uid, WellKnown.Pods).Any(static pod => !pod.IsFinished);

    private static long Grown(DeploymentState state, long size, long total) =>
        Math.Min(state.Desired, size + Math.Max(0, state.Desired + state.MaxSurge - total));

    private static (long Removable, long Available) Spare(DeploymentState state, JsonObject current, long total)
    {
        var minAvailable = state.Desired - state.MaxUnavailable;
        var newUnavailable = Math.Max(0, DeploymentState.Replicas(current) - DeploymentState.Available(current));
        var available = state.All.Sum(DeploymentState.Available);
        return (Math.Max(0, total - minAvailable - newUnavailable), Math.Max(0, available - minAvailable));
    }
}
