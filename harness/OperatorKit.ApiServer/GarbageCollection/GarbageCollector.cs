using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.GarbageCollection;

/// <summary>
/// Collects objects whose owners are gone and finishes foreground and orphan deletions, as kube-controller-manager does.
/// See https://kubernetes.io/docs/concepts/architecture/garbage-collection/.
/// </summary>
internal sealed class GarbageCollector(KindLookup kinds) : IController
{
    public string Name => "generic-garbage-collector";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource.Resource == "events")
            yield break;
        if (!change.IsDeletion && (change.Object.IsDeleting || change.Object.At("metadata", "ownerReferences") is not null))
            yield return change.Key;
        if (change.IsDeletion || change.Object.IsDeleting)
        {
            foreach (var dependent in view.DependentsOf(change.Object.Uid))
                yield return dependent;
        }

        foreach (var reference in change.Before?.OwnerReferences ?? [])
        {
            if (view.ByUid(reference.Uid) is { } owner && view[owner]!.IsDeleting)
                yield return owner;
        }
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } item)
            return Decision.Nothing;
        if (item.IsDeleting)
            return FinishDeletion(key, item, view);
        return Collect(key, item, view);
    }

    private static Decision FinishDeletion(ObjectKey key, JsonObject item, ClusterView view)
    {
        var dependents = view.DependentsOf(item.Uid);
        if (item.HasFinalizer(DeletionFinalizers.Orphan))
        {
            if (dependents.Count == 0)
                return new Replace(key, item.WithoutFinalizer(DeletionFinalizers.Orphan));
            return dependents.Select(ControllerAction (dependent) => WithoutOwners(dependent, view[dependent]!, [item.Uid])).ToList();
        }

        if (item.HasFinalizer(DeletionFinalizers.Foreground) && !dependents.Any(dependent => Blocks(view[dependent]!, item.Uid)))
            return new Replace(key, item.WithoutFinalizer(DeletionFinalizers.Foreground));
        return Decision.Nothing;
    }

    private Decision Collect(ObjectKey key, JsonObject item, ClusterView view)
    {
        var owners = item.OwnerReferences.ToLookup(reference => OwnerStates.Classify(reference, key, view, kinds), static reference => reference.Uid);
        if (owners.Count == 0 || owners.Contains(OwnerState.Unknown))
            return Decision.Nothing;

        var leaving = owners[OwnerState.Dangling].Concat(owners[OwnerState.WaitingForDependents]).ToHashSet(StringComparer.Ordinal);
        if (owners.Contains(OwnerState.Solid))
            return leaving.Count == 0 ? Decision.Nothing : WithoutOwners(key, item, leaving);

        var hasDependents = view.DependentsOf(item.Uid).Count > 0;
        if (!owners.Contains(OwnerState.WaitingForDependents) || !hasDependents)
            return new Delete(key, item.Uid) { ResourceVersion = item.ResourceVersion, Propagation = PolicyOf(item) };

        // A cycle of owners that are all deleted in the foreground would wait for itself: this link stops blocking.
        var inCycle = view.DependentsOf(item.Uid).Any(dependent => OwnerStates.IsWaiting(view[dependent]!));
        return inCycle && item.OwnerReferences.Any(static reference => reference.BlockOwnerDeletion)
            ? new Replace(key, item.WithOwnerReferences(static entry => entry.With("blockOwnerDeletion", false)))
            : new Delete(key, item.Uid) { Propagation = PropagationPolicy.Foreground };
    }

    private static PropagationPolicy PolicyOf(JsonObject item) => item switch
    {
        _ when item.HasFinalizer(DeletionFinalizers.Orphan) => PropagationPolicy.Orphan,
        _ when item.HasFinalizer(DeletionFinalizers.Foreground) => PropagationPolicy.Foreground,
        _ => PropagationPolicy.Background,
    };

    private static bool Blocks(JsonObject dependent, string owner) =>
        dependent.OwnerReferences.Any(reference => reference.Uid == owner && reference.BlockOwnerDeletion);

    private static Replace WithoutOwners(ObjectKey key, JsonObject item, HashSet<string> uids) =>
        new(key, item.WithOwnerReferences(entry => uids.Contains(entry.StringAt("uid") ?? "") ? null : entry));
}
