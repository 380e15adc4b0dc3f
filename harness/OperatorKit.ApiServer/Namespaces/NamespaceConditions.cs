using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>The five conditions that tell why a terminating namespace is still there.</summary>
internal static class NamespaceConditions
{
    public static IReadOnlyList<Condition> Describe(IReadOnlyCollection<KeyValuePair<ObjectKey, JsonObject>> content) =>
    [
        new("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
        new("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed"),
        new("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
        Remaining(content),
        Finalizers(content),
    ];

    private static Condition Remaining(IReadOnlyCollection<KeyValuePair<ObjectKey, JsonObject>> content)
    {
        if (content.Count == 0)
            return new("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed");
        var counts = content.CountBy(static entry => $"{entry.Key.Resource.Resource}.{entry.Key.Resource.Group}")
            .OrderBy(static count => count.Key, StringComparer.Ordinal)
            .Select(static count => $"{count.Key} has {count.Value} resource instances");
        return new("NamespaceContentRemaining", true, "SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", counts)}");
    }

    private static Condition Finalizers(IReadOnlyCollection<KeyValuePair<ObjectKey, JsonObject>> content)
    {
        var counts = content.SelectMany(static entry => entry.Value.Finalizers).CountBy(static finalizer => finalizer)
            .OrderBy(static count => count.Key, StringComparer.Ordinal)
            .Select(static count => $"{count.Key} in {count.Value} resource instances")
            .ToArray();
        return counts.Length == 0
            ? new("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
            : new("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                $"Some content in the namespace has finalizers remaining: {string.Join(", ", counts)}");
    }
}
