using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;

namespace OperatorKit.Watching;

/// <summary>The cache of one kind as controllers see it: one informer for all namespaces, or one for each that is watched.</summary>
internal sealed class KindCache<T>
    where T : class, IKubernetesResource<T>
{
    private readonly Dictionary<string, ObjectCache<T>> _shards = [];
    private readonly List<IInformerStatus> _informers = [];
    private readonly MetricSeries _objects;
    private Action<CacheChange<T>>? _subscribers;

    public KindCache(
        KubernetesClient client,
        IReadOnlyList<string> namespaces,
        string? labelSelector,
        OperatorMetrics metrics,
        OperatorServices services,
        ILogger logger)
    {
        _objects = metrics.CacheObjects.With(T.Definition.QualifiedName);
        var everywhere = namespaces.Count == 0 || T.Definition.Scope == ResourceScope.Cluster;
        foreach (var home in everywhere ? [""] : namespaces)
        {
            var shard = new ObjectCache<T>(indexOwners: true);
            _shards[home] = shard;
            var resources = client.Resource<T>(home.Length == 0 ? null : home);
            _informers.Add(new Informer<T>(resources, shard, labelSelector, Notify, metrics, services, logger));
        }
    }

    public IReadOnlyList<IInformerStatus> Informers => _informers;

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
                shard.OwnedBy(ownerUid, found);
            }
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name));
        return found;
    }

    public IEnumerable<ObjectKey> Keys() => _shards.Values.SelectMany(static shard => shard.Keys());

    /// <summary>Shows the answer of an own write at once.</summary>
    public void Overlay(T answer, string writer)
    {
        if (Shard(ObjectKey.Of(answer).Namespace)?.Overlay(answer) is { } change)
            Notify(change with { Writer = writer });
    }

    /// <summary>Hides what an own request has deleted.</summary>
    public void OverlayDeletion(ObjectKey key, string uid, string writer)
    {
        if (Shard(key.Namespace)?.OverlayDeletion(key, uid) is { } change)
            Notify(change with { Writer = writer });
    }

    private ObjectCache<T>? Shard(string home) => _shards.GetValueOrDefault("") ?? _shards.GetValueOrDefault(home);

    private void Notify(CacheChange<T> change)
    {
        if (change.Before is null)
            _objects.Add();
        else if (change.After is null)
            _objects.Add(-1);
        _subscribers?.Invoke(change);
    }
}
