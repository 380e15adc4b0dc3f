using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.GarbageCollection;

/// <summary>How an owner reference stands, seen from the dependent.</summary>
internal enum OwnerState
{
    /// <summary>The owner exists: the dependent stays.</summary>
    Solid,

    /// <summary>No such object, or one of that name with another uid.</summary>
    Dangling,

    /// <summary>The owner is being deleted in the foreground and waits for its dependents.</summary>
    WaitingForDependents,

    /// <summary>Cannot be told: the kind is not served, or a cluster-scoped object names a namespaced owner.</summary>
    Unknown,
}

internal static class OwnerStates
{
    public static OwnerState Classify(OwnerReference reference, ObjectKey dependent, ClusterView view, KindLookup kinds)
    {
        if (kinds(reference.ApiVersion, reference.Kind) is not { } kind)
            return OwnerState.Unknown;
        if (kind.Namespaced && dependent.Namespace.Length == 0)
            return OwnerState.Unknown;
        var owner = view[new ObjectKey(kind.Resource, kind.Namespaced ? dependent.Namespace : "", reference.Name)];
        if (owner is null || owner.Uid != reference.Uid)
            return OwnerState.Dangling;
        return IsWaiting(owner) ? OwnerState.WaitingForDependents : OwnerState.Solid;
    }

    public static bool IsWaiting(JsonObject owner) => owner.IsDeleting && owner.HasFinalizer(DeletionFinalizers.Foreground);
}
