using OperatorKit.Dispatch;
using OperatorKit.Watching;

namespace OperatorKit;

/// <summary>A kind whose objects a controller makes for its resources. Generated registrations list one for each <see cref="OwnsAttribute{T}"/>.</summary>
public abstract class OwnedKind
{
    private protected OwnedKind(ResourceDefinition definition) => Definition = definition;

    /// <summary>What the API calls the kind.</summary>
    public ResourceDefinition Definition { get; }

    /// <summary>Names a kind by its type.</summary>
    /// <typeparam name="T">The kind of the children.</typeparam>
    /// <returns>The kind, to hand to <see cref="OperatorBuilder"/>.</returns>
    public static OwnedKind Of<T>()
        where T : class, IKubernetesResource<T> => new OwnedKind<T>();

    /// <summary>Lets a controller follow the children and its runs read them.</summary>
    internal abstract void Connect<TResource>(Controller<TResource> controller, CacheSet caches, RunCaches owned, IReadOnlyList<string> namespaces, ControllerOptions options)
        where TResource : CustomResource, ICustomResource<TResource>;
}

internal sealed class OwnedKind<T>() : OwnedKind(T.Definition)
    where T : class, IKubernetesResource<T>
{
    internal override void Connect<TResource>(Controller<TResource> controller, CacheSet caches, RunCaches owned, IReadOnlyList<string> namespaces, ControllerOptions options)
    {
        var asked = options.CacheOf<T>();
        var cache = caches.Of(namespaces, CachedForm<T>.Of(asked, asked.LabelSelector), asked.Indexes);
        owned.Add(cache);
        controller.Follow(cache);
    }
}
