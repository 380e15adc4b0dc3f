using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>The caches of the kinds that a controller owns.</summary>
internal sealed class OwnedCaches
{
    private readonly Dictionary<Type, object> _caches = [];

    public void Add<T>(KindCache<T> cache)
        where T : class, IKubernetesResource<T> => _caches[typeof(T)] = cache;

    public KindCache<T>? Find<T>()
        where T : class, IKubernetesResource<T> => (KindCache<T>?)_caches.GetValueOrDefault(typeof(T));

    public KindCache<T> Get<T>()
        where T : class, IKubernetesResource<T> =>
        Find<T>() ?? throw new InvalidOperationException(
            $"The operator does not watch {T.Definition.Kind}. Put [Owns<{typeof(T).Name}>] on its class, or read with Client.");
}
