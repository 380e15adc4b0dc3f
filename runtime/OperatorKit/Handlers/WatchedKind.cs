using OperatorKit.Caching;
using OperatorKit.Dispatch;
using OperatorKit.Watching;

namespace OperatorKit;

/// <summary>A kind whose changes concern objects of a controller without belonging to them.</summary>
internal abstract class WatchedKind
{
    /// <summary>Lets a controller follow the objects and its runs read them.</summary>
    internal abstract void Connect<TResource>(Controller<TResource> controller, CacheSet caches, RunCaches cached, IReadOnlyList<string> namespaces, ControllerOptions options)
        where TResource : CustomResource, ICustomResource<TResource>;
}

internal sealed class WatchedKind<T>(Func<T, IEnumerable<string>> concerns) : WatchedKind
    where T : class, IKubernetesResource<T>
{
    internal override void Connect<TResource>(Controller<TResource> controller, CacheSet caches, RunCaches cached, IReadOnlyList<string> namespaces, ControllerOptions options)
    {
        var asked = options.CacheOf<T>();
        var cache = caches.Of(namespaces, CachedForm<T>.Of(asked, asked.LabelSelector), asked.Indexes);
        cached.Add(cache);
        controller.Follow(cache, source => concerns(source).Select(target => KeyOf(target, source.Metadata.NamespaceProperty)));
    }

    private static ObjectKey KeyOf(string target, string? home)
    {
        var slash = target.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new ObjectKey(home ?? "", target) : new ObjectKey(target[..slash], target[(slash + 1)..]);
    }
}
