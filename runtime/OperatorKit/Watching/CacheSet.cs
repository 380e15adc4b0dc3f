using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Models;

namespace OperatorKit.Watching;

/// <summary>The caches of an operator: controllers that watch the same objects share one. Namespaces are watched only where patterns ask for it.</summary>
internal sealed class CacheSet(KubernetesClient client, OperatorMetrics metrics, OperatorServices services, ILogger logger)
{
    private readonly Dictionary<(Type Kind, string Namespaces, object Form), IKindCache> _caches = [];
    private readonly StreamedLists _streamedLists = new(client, services.Options.StreamLists);
    private bool _followsNamespaces;

    /// <summary>All informers that there are at the moment.</summary>
    public IReadOnlyList<IInformerStatus> Informers => [.. _caches.Values.SelectMany(static cache => cache.Informers)];

    /// <summary>The cache of a kind; made when it is asked for first, which must be before the informers start.</summary>
    public KindCache<T> Of<T>(IReadOnlyList<string> namespaces, CachedForm<T> form, IReadOnlyList<CacheIndex<T>> indexes)
        where T : class, IKubernetesResource<T>
    {
        var set = new NamespaceSet(namespaces);
        var scope = (typeof(T), set.Text, (object)form);
        if (!_caches.TryGetValue(scope, out var known))
            _caches[scope] = known = new KindCache<T>(client, set, form, _streamedLists, metrics, services, logger);
        if (known.FollowsNamespaces)
            FollowNamespaces();
        var cache = (KindCache<T>)known;
        foreach (var index in indexes)
        {
            cache.AddIndex(index);
        }

        return cache;
    }

    /// <summary>Lists and watches until cancelled.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        foreach (var cache in _caches.Values)
        {
            cache.Start(cancellationToken);
        }
    }

    /// <summary>Completes when the informers have ended.</summary>
    public Task StoppedAsync() => Task.WhenAll(_caches.Values.Select(static cache => cache.StoppedAsync()));

    private void FollowNamespaces()
    {
        if (_followsNamespaces)
            return;
        _followsNamespaces = true;
        Of<V1Namespace>([], new CachedForm<V1Namespace>(MetadataOnly: true), []).Subscribe(OnNamespace);
    }

    private void OnNamespace(CacheChange<V1Namespace> change)
    {
        foreach (var cache in _caches.Values)
        {
            if (!cache.FollowsNamespaces)
                continue;
            if (change.After is null)
                cache.NamespaceIsGone(change.Key.Name);
            else
                cache.NamespaceIsThere(change.Key.Name);
        }
    }
}
