namespace OperatorKit.ApiServer.GarbageCollection;

/// <summary>
/// The finalizers that carry a propagation policy from the delete request to the garbage collector.
/// See https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion.
/// </summary>
internal static class DeletionFinalizers
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";
}
