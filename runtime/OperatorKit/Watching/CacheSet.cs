using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;

namespace OperatorKit.Watching;

/// <summary>The caches of an operator: controllers that watch the same objects share one.</summary>
internal sealed class CacheSet(KubernetesClient client, OperatorMetrics metrics, OperatorServices services, ILogger logger)
{
    private readonly Dictionary<(Type Kind, string Namespaces, string? LabelSelector), object> _caches = [];
    private readonly List<IInformerStatus> _informers = [];

    public IReadOnlyList<IInformerStatus> Informers => _informers;

    /// <summary>The cache of a kind; made when it is asked for first, which must be before the informers start.</summary>
    public KindCache<T> Of<T>(IReadOnlyList<string> namespaces, string? labelSelector = null)
        where T : class, IKubernetesResource<T>
    {
        var distinct = namespaces.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var scope = (typeof(T), string.Join(',', distinct), labelSelector);
        if (_caches.TryGetValue(scope, out var known))
            return (KindCache<T>)known;
        var added = new KindCache<T>(client, distinct, labelSelector, metrics, services, logger);
        _caches[scope] = added;
        _informers.AddRange(added.Informers);
        return added;
    }
}
