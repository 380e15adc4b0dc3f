using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Scheduling;

namespace OperatorKit.Watching;

/// <summary>
/// The cache of one kind as controllers see it: one informer for all namespaces, or one for each that is watched; where those are given by
/// patterns, informers come and go with the namespaces.
/// </summary>
internal sealed partial class KindCache<T> : IKindCache
    where T : class, IKubernetesResource<T>
{
    private readonly ConcurrentDictionary<object, CacheIndex<T>> _indexes = new();
    private readonly NamespaceSet _namespaces;
    private readonly CachedForm<T> _form;
    private readonly StreamedLists _streamedLists;
    private readonly KubernetesClient _client;
    private readonly OperatorMetrics _metrics;
    private readonly MetricSeries _objects;
    private readonly OperatorServices _services;
    private readonly ILogger _logger;
    private readonly Lock _starting = new();
    private volatile ImmutableSortedDictionary<string, Watched> _shards = ImmutableSortedDictionary.Create<string, Watched>(StringComparer.Ordinal);
    private Action<CacheChange<T>>? _subscribers;
    private CancellationToken? _running;

    public KindCache(
        KubernetesClient client,
        NamespaceSet namespaces,
        CachedForm<T> form,
        StreamedLists streamedLists,
        OperatorMetrics metrics,
        OperatorServices services,
        ILogger logger)
    {
        (_client, _namespaces, _form, _streamedLists) = (client, namespaces, form, streamedLists);
        (_metrics, _services, _logger) = (metrics, services, logger);
        _objects = metrics.CacheObjects.With(T.Definition.QualifiedName);
        metrics.CacheBytes.With(T.Definition.QualifiedName).ReadFrom(() => _shards.Values.Sum(static shard => CacheSize.EstimateJson(shard.Cache)));
        if (FollowsNamespaces)
            return;
        var everywhere = namespaces.Names.Count == 0 || T.Definition.Scope == ResourceScope.Cluster;
        foreach (var home in everywhere ? [""] : namespaces.Names)
        {
            _shards = _shards.Add(home, Watch(home));
        }
    }

    public bool FollowsNamespaces => _namespaces.IsPattern && T.Definition.Scope == ResourceScope.Namespaced;

    public IEnumerable<IInformerStatus> Informers => _shards.Values.Select(static shard => shard.Informer);

    public void Start(CancellationToken cancellationToken)
    {
        lock (_starting)
        {
            _running = cancellationToken;
            foreach (var shard in _shards.Values)
            {
                shard.Start(cancellationToken);
            }
        }
    }

    public Task StoppedAsync() => Task.WhenAll(_shards.Values.Select(static shard => shard.Ended));

    public void NamespaceIsThere(string name)
    {
        if (!_namespaces.Contains(name) || _shards.ContainsKey(name))
            return;
        lock (_starting)
        {
            var shard = Watch(name);
            _shards = _shards.Add(name, shard);
            if (_running is { } running)
                shard.Start(running);
        }
    }

    public void NamespaceIsGone(string name)
    {
        Watched? shard;
        lock (_starting)
        {
            if (!_shards.TryGetValue(name, out shard))
                return;
            _shards = _shards.Remove(name);
        }

        shard.Stop();
        foreach (var change in shard.Cache.Clear())
        {
            Notify(change);
        }
    }

    /// <summary>Hands every change to a function, which must be quick and may be called from several threads.</summary>
    public void Subscribe(Action<CacheChange<T>> subscriber) => _subscribers += subscriber;

    public bool TryGet(ObjectKey key, [MaybeNullWhen(false)] out T found)
    {
        found = null;
        return Shard(key.Namespace)?.TryGet(key, out found) ?? false;
    }

    /// <summary>The objects that an object owns: in its namespace, or anywhere if it is in none.</summary>
    public List<T> OwnedBy(string ownerUid, string ownerNamespace)
    {
        var found = new List<T>();
        if (ownerNamespace.Length > 0 && T.Definition.Scope == ResourceScope.Namespaced)
        {
            Shard(ownerNamespace)?.OwnedBy(ownerUid, found);
        }
        else
        {
            foreach (var shard in _shards.Values)
            {
                shard.Cache.OwnedBy(ownerUid, found);
            }
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name));
        return found;
    }

    /// <summary>Keeps an index up to date.</summary>
    public void AddIndex(CacheIndex<T> index)
    {
        _indexes[index] = index;
        foreach (var shard in _shards.Values)
        {
            shard.Cache.AddIndex(index, new KeyIndex<T>(index.Keys, OnIndexError));
        }
    }

    /// <summary>The objects that have a key in an index, by namespace and name.</summary>
    /// <exception cref="InvalidOperationException">There is no such index.</exception>
    public List<T> Indexed(CacheIndex<T> index, string key)
    {
        var found = new List<T>();
        if (!_indexes.ContainsKey(index))
        {
            throw new InvalidOperationException(
                $"{T.Definition.Kind} has no such index. Add it where the controller is configured: options.Cache<{typeof(T).Name}>(cache => cache.Index(index)).");
        }

        foreach (var shard in _shards.Values)
        {
            shard.Cache.Find(index, key, found);
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Metadata.NamespaceProperty, right.Metadata.NamespaceProperty) is var order and not 0
            ? order
            : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name));
        return found;
    }

    public IEnumerable<ObjectKey> Keys() => _shards.Values.SelectMany(static shard => shard.Cache.Keys());

    /// <summary>Shows the answer of an own write at once.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="writer">The controller that has written.</param>
    /// <param name="basedOn">The only version that the write changes; null where it changes any.</param>
    public void Overlay(T answer, string writer, string? basedOn = null)
    {
        if (Shard(ObjectKey.Of(answer).Namespace)?.Overlay(_form.OfWhole(answer)) is { } change)
            Notify(change with { Writer = writer, BasedOn = basedOn });
    }

    /// <summary>Hides what an own request has deleted.</summary>
    public void OverlayDeletion(ObjectKey key, string uid, string writer)
    {
        if (Shard(key.Namespace)?.OverlayDeletion(key, uid) is { } change)
            Notify(change with { Writer = writer });
    }

    private ObjectCache<T>? Shard(string home) => _shards.TryGetValue("", out var shard) || _shards.TryGetValue(home, out shard) ? shard.Cache : null;

    private Watched Watch(string home)
    {
        var cache = new ObjectCache<T>(indexOwners: true);
        foreach (var index in _indexes.Values)
        {
            cache.AddIndex(index, new KeyIndex<T>(index.Keys, OnIndexError));
        }

        var place = home.Length == 0 ? null : home;
        var resources = _form.MetadataOnly ? _client.MetadataOf<T>(place) : _client.Resource<T>(place);
        return new Watched(cache, new Informer<T>(resources, cache, _form, _streamedLists, FollowsNamespaces ? NotifyFirst : Notify, _metrics, _services, _logger), _services.Scheduler);
    }

    /// <summary>A namespace that comes later brings its objects after the controllers have started: they are news.</summary>
    private void NotifyFirst(CacheChange<T> change) =>
        Notify(change.Source == ChangeSource.FirstList ? change with { Source = ChangeSource.Watch } : change);

    private void Notify(CacheChange<T> change)
    {
        if (change.Before is null)
            _objects.Add();
        else if (change.After is null)
            _objects.Add(-1);
        _subscribers?.Invoke(change);
    }

    private void OnIndexError(T item, Exception exception) =>
        LogIndexFailed(exception, T.Definition.Kind, item.Metadata.NamespaceProperty ?? "", item.Metadata.Name ?? "");

    [LoggerMessage(Level = LogLevel.Error, Message = "The keys of {Kind} {Namespace}/{Name} for an index could not be found out; it is in the index under none")]
    private partial void LogIndexFailed(Exception exception, string kind, string @namespace, string name);

    /// <summary>The objects of one namespace, or of all, and the informer that keeps them.</summary>
    private sealed class Watched(ObjectCache<T> cache, Informer<T> informer, TaskScheduler scheduler)
    {
        private Action? _stop;

        public ObjectCache<T> Cache => cache;

        public IInformerStatus Informer => informer;

        public Task Ended { get; private set; } = Task.CompletedTask;

        public void Start(CancellationToken cancellationToken)
        {
            var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _stop = life.Cancel;
            Ended = scheduler.Start(() => informer.RunAsync(life.Token));
        }

        public void Stop() => _stop?.Invoke();
    }
}

/// <summary>A cache, whatever its kind.</summary>
internal interface IKindCache
{
    /// <summary>Whether its namespaces are given by patterns.</summary>
    bool FollowsNamespaces { get; }

    IEnumerable<IInformerStatus> Informers { get; }

    /// <summary>Lists and watches until cancelled.</summary>
    void Start(CancellationToken cancellationToken);

    /// <summary>Completes when the informers have ended.</summary>
    Task StoppedAsync();

    void NamespaceIsThere(string name);

    void NamespaceIsGone(string name);
}
