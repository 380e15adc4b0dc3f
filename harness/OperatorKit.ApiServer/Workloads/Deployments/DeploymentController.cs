using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads.Deployments;

/// <summary>
/// Rolls a Deployment out over ReplicaSets. See https://kubernetes.io/docs/concepts/workloads/controllers/deployment/.
/// </summary>
internal sealed class DeploymentController : IController
{
    public string Name => "deployment-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        foreach (var key in Ownership.Affected(change, view, WellKnown.Deployments, WellKnown.ReplicaSets))
            yield return key;
        if (change.Key.Resource != WellKnown.Pods || !change.IsDeletion)
            yield break;

        // With strategy Recreate the new pods wait for the old ones to be gone.
        if (change.Object.ControllerReference is { } reference && view.ByUid(reference.Uid) is { } set
            && view[set]!.ControllerReference is { } owner && view.ByUid(owner.Uid) is { } deployment && deployment.Resource == WellKnown.Deployments)
            yield return deployment;
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false } deployment)
            return Decision.Nothing;

        var state = DeploymentState.Of(deployment, view);
        var revision = Math.Max(state.Older.Select(DeploymentState.Revision).DefaultIfEmpty(0).Max() + 1, state.Current is null ? 0 : DeploymentState.Revision(state.Current));
        if (state.Current is null && !state.Paused)
            return state.Recreates && DeploymentRollout.OldPodsRemain(state, view) ? Wait(key, state, now) : new Create(new ObjectKey(WellKnown.ReplicaSets, key.Namespace, ""), NewSet(state, revision));

        var actions = new List<ControllerAction>();
        actions.AddRange(DeploymentRollout.Scale(state, view).Select(scaled => Updated(scaled.Set, scaled.Replicas, state, revision)).OfType<ControllerAction>());
        if (actions.Count == 0)
            actions.AddRange(DeploymentRollout.Forgotten(state).Select(static set => new Delete(KeyOf(set), set.Uid)));
        if (!state.Paused && Annotation(deployment) != Text(revision))
            actions.Add(new Replace(key, deployment.WithAt(["metadata", "annotations", DeploymentState.RevisionAnnotation], Text(revision))));
        return actions.Count > 0 ? actions : Wait(key, state, now);
    }

    private static Decision Wait(ObjectKey key, DeploymentState state, DateTimeOffset now)
    {
        var scaleDown = state.Current is null
            ? state.Older.Where(static set => DeploymentState.Replicas(set) > 0).Select(static ControllerAction (set) => new Replace(KeyOf(set), set.WithAt(["spec", "replicas"], 0))).ToList()
            : [];
        if (scaleDown.Count > 0)
            return scaleDown;
        var (status, next) = DeploymentStatus.Of(state, now);
        return status.Equals(state.Deployment.ObjectAt("status"))
            ? new Decision([], next)
            : new Decision([new Replace(key, state.Deployment.With("status", status), "status")], next);
    }

    private static Replace? Updated(JsonObject set, long replicas, DeploymentState state, long revision)
    {
        var next = WithCounts(DeploymentState.Replicas(set) == replicas ? set : set.WithAt(["spec", "replicas"], replicas), state);
        if (set == state.Current)
            next = next.WithAt(["metadata", "annotations", DeploymentState.RevisionAnnotation], Text(revision));
        return next.Equals(set) ? null : new Replace(KeyOf(set), next);
    }

    private static JsonObject NewSet(DeploymentState state, long revision)
    {
        var hash = PodTemplate.Hash(state.Template);
        var template = PodTemplate.WithLabel(state.Template, DeploymentState.HashLabel, hash);
        var selector = state.Deployment.ObjectAt("spec", "selector") ?? JsonObject.Empty;
        var metadata = JsonObject.Of(
            ("name", $"{state.Deployment.Name}-{hash}"),
            ("namespace", state.Deployment.Namespace),
            ("labels", template.ObjectAt("metadata", "labels")!),
            ("annotations", (state.Deployment.ObjectAt("metadata", "annotations") ?? JsonObject.Empty)
                .Without("kubectl.kubernetes.io/last-applied-configuration")
                .With(DeploymentState.RevisionAnnotation, Text(revision))),
            ("ownerReferences", OwnerReference.ControlledBy(state.Deployment, "apps/v1", "Deployment")));
        var spec = JsonObject.Of(
            ("replicas", DeploymentRollout.InitialReplicas(state)),
            ("selector", selector.WithAt(["matchLabels", DeploymentState.HashLabel], hash)),
            ("template", template));
        if (state.Deployment.At("spec", "minReadySeconds") is { } minReady)
            spec = spec.With("minReadySeconds", minReady);
        return WithCounts(JsonObject.Of(("apiVersion", "apps/v1"), ("kind", "ReplicaSet"), ("metadata", metadata), ("spec", spec)), state);
    }

    private static JsonObject WithCounts(JsonObject set, DeploymentState state) => set
        .WithAt(["metadata", "annotations", "deployment.kubernetes.io/desired-replicas"], Text(state.Desired))
        .WithAt(["metadata", "annotations", "deployment.kubernetes.io/max-replicas"], Text(state.Desired + state.MaxSurge));

    private static string? Annotation(JsonObject item) => item.StringAt("metadata", "annotations", DeploymentState.RevisionAnnotation);

    private static ObjectKey KeyOf(JsonObject set) => new(WellKnown.ReplicaSets, set.Namespace, set.Name);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
