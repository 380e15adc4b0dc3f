using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>Tells what a change of a cached object shows of others.</summary>
internal static class ForeignChange
{
    /// <summary>Whether the answer of an own write shows what others did before it, too: the cache skips that, so that no event tells of it.</summary>
    public static bool IsBehind<T>(CacheChange<T> change)
        where T : class, IKubernetesObject =>
        change.BasedOn is { } basedOn ? change.Before is { } before && before.Metadata.ResourceVersion != basedOn : IsCertainlyIn(change);

    /// <summary>Whether a change is none that an operator makes to the objects that it handles: it writes their status, finalizers and annotations.</summary>
    public static bool IsCertainlyIn<T>(CacheChange<T> change)
        where T : class, IKubernetesObject =>
        change is { Before.Metadata: { } before, After.Metadata: { } after }
        && (before.Generation != after.Generation || before.DeletionTimestamp != after.DeletionTimestamp);
}
