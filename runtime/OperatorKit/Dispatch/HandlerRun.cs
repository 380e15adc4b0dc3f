using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Eventing;

namespace OperatorKit.Dispatch;

/// <summary>What a controller lends to each run.</summary>
internal sealed record RunServices(
    KubernetesClient Client, RunCaches Caches, OwnWrites OwnWrites, EventRecorder Events, string Controller, ILogger Logger, TimeProvider Time)
{
    /// <summary>Throws where the owner of a run is no longer on the server as the run knows it.</summary>
    public required Func<IKubernetesObject, CancellationToken, Task> RequireOwner { get; init; }
}

/// <summary>
/// One run for one object, whatever its kind: what a <see cref="ReconcileContext{TResource}"/> offers. Refuses to write once the
/// run is over, so that a handler that was given up on does no harm.
/// </summary>
internal sealed class HandlerRun(
    RunServices services, IKubernetesObject owner, AppliedChildren applied, string reconcileId, CancellationToken runToken)
    : IDisposable
{
    private static readonly TimeSpan LongestRequeue = TimeSpan.FromDays(365);

    private readonly string _ownerNamespace = owner.Metadata.NamespaceProperty ?? "";
    private readonly HashSet<(Type Kind, string Name)> _wanted = [];
    private readonly Lock _lock = new();
    private CancellationTokenSource? _life;
    private KubernetesClient? _client;
    private volatile bool _ended;

    public string ReconcileId => reconcileId;

    public ILogger Logger => services.Logger;

    public TimeProvider Time => services.Time;

    /// <summary>The whole cluster, for as long as the run lasts.</summary>
    public KubernetesClient Client
    {
        get
        {
            lock (_lock)
            {
                if (_client is not null)
                    return _client;
                // Most runs need none, and a source costs more than they do.
                _life = CancellationTokenSource.CreateLinkedTokenSource(runToken);
                if (_ended)
                    _life.Cancel();
                return _client = services.Client.BoundTo(_life.Token);
            }
        }
    }

    /// <summary>When the handler wants to run again; null where it did not say.</summary>
    public TimeSpan? Requeue { get; private set; }

    /// <summary>Refuses writes from now on.</summary>
    public void Dispose()
    {
        _ended = true;
        lock (_lock)
        {
            _life?.Cancel();
            _life?.Dispose();
        }
    }

    public async Task<TChild> ApplyAsync<TChild>(TChild child, CancellationToken cancellationToken)
        where TChild : class, IKubernetesResource<TChild>
    {
        ArgumentNullException.ThrowIfNull(child);
        var key = ChildPlace.Of(child, TChild.Definition, owner);
        using var json = ChildBody.Write(child, owner, key.Namespace);
        var body = json.Memory;
        var cache = services.Caches.Find<TChild>();
        _wanted.Add((typeof(TChild), key.Name));
        TChild? cached = null;
        if (cache is not null && cache.TryGet(key, out cached))
        {
            ChildPlace.RequireNoOtherController(cached, TChild.Definition, owner);
            if (StillHolds(cached, key.Name, body))
                return cached;
        }

        using var either = Enter(cancellationToken);
        if (cache is not null && cached is null && applied.Has(typeof(TChild), key.Name))
            await services.RequireOwner(owner, either.Token).ConfigureAwait(false);
        var options = new ApplyOptions { FieldManager = services.Controller, Force = true };
        using var write = services.OwnWrites.Begin<TChild>(key);
        var answer = await Resources<TChild>(key.Namespace)
            .ApplyAsync(new RawApply<TChild>(key.Name, body), options, either.Token)
            .ConfigureAwait(false);
        applied.Remember(typeof(TChild), key.Name, body.Span, answer.Metadata.ResourceVersion);
        cache?.Overlay(answer, services.Controller);
        write.Answer = answer.Metadata.ResourceVersion;
        return answer;
    }

    public async Task DeleteAsync<TChild>(string name, CancellationToken cancellationToken)
        where TChild : class, IKubernetesResource<TChild>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var either = Enter(cancellationToken);
        var key = new ObjectKey(TChild.Definition.Scope == ResourceScope.Cluster ? "" : _ownerNamespace, name);
        var cache = services.Caches.Find<TChild>();
        TChild? cached = null;
        if (cache is not null && (!cache.TryGet(key, out cached) || !IsOwned(cached)))
            return;
        var options = new DeleteOptions { PreconditionUid = cached?.Metadata.Uid, Propagation = DeletePropagation.Background };
        await Resources<TChild>(key.Namespace).DeleteAsync(name, options, either.Token).ConfigureAwait(false);
        applied.Forget(typeof(TChild), name);
        if (cached is { Metadata: { Uid: { } uid, Finalizers: null or { Count: 0 } } })
            cache!.OverlayDeletion(key, uid, services.Controller);
    }

    public async Task PruneAsync<TChild>(CancellationToken cancellationToken)
        where TChild : class, IKubernetesResource<TChild>
    {
        foreach (var child in Owned<TChild>())
        {
            if (child.Metadata is { DeletionTimestamp: null, Name: { } name } && !_wanted.Contains((typeof(TChild), name)))
                await DeleteAsync<TChild>(name, cancellationToken).ConfigureAwait(false);
        }
    }

    public TChild? Owned<TChild>(string name)
        where TChild : class, IKubernetesResource<TChild>
    {
        var key = new ObjectKey(TChild.Definition.Scope == ResourceScope.Cluster ? "" : _ownerNamespace, name);
        return services.Caches.Get<TChild>().TryGet(key, out var found) && IsOwned(found) ? found : null;
    }

    public IReadOnlyList<TChild> Owned<TChild>()
        where TChild : class, IKubernetesResource<TChild> =>
        services.Caches.Get<TChild>().OwnedBy(owner.Metadata.Uid ?? "", _ownerNamespace);

    public T? Cached<T>(string name, string? home)
        where T : class, IKubernetesResource<T>
    {
        var key = new ObjectKey(T.Definition.Scope == ResourceScope.Cluster ? "" : home ?? _ownerNamespace, name);
        return services.Caches.Get<T>().TryGet(key, out var found) ? found : null;
    }

    public IReadOnlyList<T> Indexed<T>(CacheIndex<T> index, string key)
        where T : class, IKubernetesResource<T>
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(key);
        return services.Caches.Get<T>().Indexed(index, key);
    }

    public void Event(EventType type, string reason, string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(message);
        if (!_ended)
            services.Events.Record(owner, type, reason, message);
    }

    public void RequeueAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        if (Requeue is null || delay < Requeue)
            Requeue = delay < LongestRequeue ? delay : LongestRequeue;
    }

    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        using var either = Enter(cancellationToken);
        await services.Time.WaitAsync(delay, either.Token).ConfigureAwait(false);
    }

    private bool StillHolds<TChild>(TChild cached, string name, ReadOnlyMemory<byte> body)
        where TChild : class, IKubernetesResource<TChild>
    {
        if (!IsOwned(cached) || cached.Metadata.DeletionTimestamp is not null)
            return false;
        var version = cached.Metadata.ResourceVersion;
        var (sameBody, sameVersion) = applied.Compare(typeof(TChild), name, body.Span, version);
        if (!sameBody || sameVersion)
            return sameBody;
        using var actual = ChildBody.Serialize(cached);
        if (!JsonSubset.Holds(body, actual.Memory))
            return false;
        applied.Remember(typeof(TChild), name, body.Span, version);
        return true;
    }

    private bool IsOwned(IKubernetesObject child)
    {
        var references = child.Metadata.OwnerReferences;
        for (var i = 0; i < references?.Count; i++)
        {
            if (references[i].Uid == owner.Metadata.Uid)
                return true;
        }

        return false;
    }

    private ResourceClient<TChild> Resources<TChild>(string home)
        where TChild : class, IKubernetesResource<TChild> => services.Client.Resource<TChild>(home.Length == 0 ? null : home);

    private CancellationTokenSource Enter(CancellationToken cancellationToken)
    {
        runToken.ThrowIfCancellationRequested();
        if (_ended)
            throw new OperationCanceledException($"Run {reconcileId} is over: a context serves the run that it was made for.");
        return CancellationTokenSource.CreateLinkedTokenSource(runToken, cancellationToken);
    }
}
