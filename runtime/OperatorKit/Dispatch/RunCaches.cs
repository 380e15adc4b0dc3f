using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>The caches that the runs of a controller may read: of the kinds that it owns and of those that it watches.</summary>
internal sealed class RunCaches
{
    private readonly Dictionary<Type, object> _caches = [];

    public void Add<T>(KindCache<T> cache)
        where T : class, IKubernetesResource<T> => _caches[typeof(T)] = cache;

    public KindCache<T>? Find<T>()
        where T : class, IKubernetesResource<T> => (KindCache<T>?)_caches.GetValueOrDefault(typeof(T));

    public KindCache<T> Get<T>()
        where T : class, IKubernetesResource<T> =>
        Find<T>() ?? throw new InvalidOperationException(
            $"The operator does not watch {T.Definition.Kind}. Put [Owns<{typeof(T).Name}>] on its class, add it with ControllerOptions.Watch, or read with Client.");
}
