using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Queueing;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>
/// Turns changes in caches into keys, and lets a <see cref="Reconciler{TResource}"/> deal with them while this process leads.
/// </summary>
internal sealed partial class Controller<TResource> : IController
    where TResource : CustomResource, ICustomResource<TResource>
{
    private readonly ControllerRegistration<TResource> _registration;
    private readonly KindCache<TResource> _cache;
    private readonly Reconciler<TResource> _reconciler;
    private readonly Beside<TResource> _beside;
    private readonly OwnWrites _ownWrites;
    private readonly QueueMetrics _metrics;
    private readonly Shard? _shard;
    private readonly OperatorServices _services;
    private readonly ILogger _logger;
    private volatile Workers<ObjectKey>? _workers;
    private ITimer? _resync;

    public Controller(
        ControllerRegistration<TResource> registration,
        KindCache<TResource> cache,
        Reconciler<TResource> reconciler,
        Beside<TResource> beside,
        OwnWrites ownWrites,
        QueueMetrics metrics,
        OperatorServices services,
        ILogger logger)
    {
        _logger = logger;
        _registration = registration;
        _cache = cache;
        _reconciler = reconciler;
        _beside = beside;
        _ownWrites = ownWrites;
        _metrics = metrics;
        _shard = services.Options.Shard;
        _services = services;
        cache.Subscribe(OnChange);
    }

    public string Name => _registration.Name;

    /// <summary>Brings the owner of a changed child back to its handler.</summary>
    public void Follow<TChild>(KindCache<TChild> children)
        where TChild : class, IKubernetesResource<TChild> => children.Subscribe(OnChildChange);

    /// <summary>Brings back the objects that a change of another kind concerns.</summary>
    public void Follow<TOther>(KindCache<TOther> others, Func<TOther, IEnumerable<ObjectKey>> concerns)
        where TOther : class, IKubernetesResource<TOther> => others.Subscribe(change =>
    {
        if (change.Source == ChangeSource.FirstList || (change.Source == ChangeSource.OwnWrite && change.Writer == Name))
            return;
        AddConcerned(change.Before, concerns);
        AddConcerned(change.After, concerns);
    });

    public void Enqueue(ResourceDefinition definition, ObjectKey key)
    {
        if (definition == TResource.Definition)
            Add(key);
    }

    public void Start()
    {
        var options = _registration.Options;
        _reconciler.StartAfresh();
        _beside.Start();
        _workers = new Workers<ObjectKey>(
            RunAsync, options.Concurrency, new BackOff(options.BackOffInitial, options.BackOffLimit), _services, _metrics);
        Resync(state: null);
        _workers.Start();
        if (options.ResyncPeriod > TimeSpan.Zero)
        {
            var period = options.ResyncPeriod * (0.9 + (0.2 * _services.Random.NextDouble()));
            _resync = _services.Time.CreateTimer(Resync, null, period, period);
        }
    }

    public async Task StopAsync(TimeSpan grace, CancellationToken atOnce)
    {
        if (Interlocked.Exchange(ref _resync, null) is { } resync)
            await resync.DisposeAsync().ConfigureAwait(false);
        if (_workers is not { } workers)
            return;
        await Task.WhenAll(workers.StopAsync(grace, atOnce), _beside.StopAsync(grace, atOnce)).ConfigureAwait(false);
        _workers = null;
        await workers.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);

    private async Task<NextRun> RunAsync(ObjectKey key, int failures, CancellationToken cancellationToken)
    {
        if (!_beside.Gates.TryEnter(key, () => _workers?.Add(key)))
            return NextRun.OnChange;
        try
        {
            return await _reconciler.RunAsync(key, failures, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _beside.Gates.Leave(key);
        }
    }

    private void Resync(object? state)
    {
        foreach (var key in _cache.Keys())
        {
            Add(key, QueuePriority.Background);
        }
    }

    private void Add(ObjectKey key, QueuePriority priority = QueuePriority.Normal)
    {
        if (_shard is null || _shard.Holds(key))
            _workers?.Add(key, priority);
    }

    private void OnChange(CacheChange<TResource> change)
    {
        // The first list is added as a whole when the controller starts. An own write says nothing new unless it shows what others did before it.
        var isNews = change.Source switch
        {
            ChangeSource.FirstList => false,
            ChangeSource.OwnWrite => change.Writer != Name || ForeignChange.IsBehind(change),
            _ => ForeignChange.IsCertainlyIn(change) || !_ownWrites.Explain(change, () => Add(change.Key)),
        };
        if (isNews)
            Add(change.Key);
    }

    private void OnChildChange<TChild>(CacheChange<TChild> change)
        where TChild : class, IKubernetesResource<TChild>
    {
        if (change.Source == ChangeSource.FirstList || (change.Source == ChangeSource.OwnWrite && change.Writer == Name))
            return;
        if (change.Source != ChangeSource.Watch || !_ownWrites.Explain(change, () => AddOwners(change)))
            AddOwners(change);
    }

    private void AddOwners<TChild>(CacheChange<TChild> change)
        where TChild : class, IKubernetesResource<TChild>
    {
        AddOwner(change.After);
        // A child that changes hands concerns the old owner too.
        if (change.Before is { } before && !ReferenceEquals(before, change.After))
            AddOwner(before);
    }

    private void AddConcerned<TOther>(TOther? changed, Func<TOther, IEnumerable<ObjectKey>> concerns)
        where TOther : class, IKubernetesResource<TOther>
    {
        if (changed is null)
            return;
        try
        {
            foreach (var key in concerns(changed))
            {
                Add(key);
            }
        }
        catch (Exception exception)
        {
            // The function is the user's, and the watch that calls it must go on.
            LogMappingFailed(exception, TOther.Definition.Kind, changed.Metadata.NamespaceProperty ?? "", changed.Metadata.Name ?? "");
        }
    }

    private void AddOwner(IKubernetesObject? child)
    {
        var references = child?.Metadata.OwnerReferences;
        for (var i = 0; i < references?.Count; i++)
        {
            var reference = references[i];
            if (reference.Controller != true || reference.Name is null || reference.Kind != TResource.Definition.Kind || !IsOfGroup(reference.ApiVersion))
                continue;
            var home = TResource.Definition.Scope == ResourceScope.Cluster ? "" : child!.Metadata.NamespaceProperty ?? "";
            Add(new ObjectKey(home, reference.Name));
        }
    }

    private static bool IsOfGroup(string? apiVersion)
    {
        var slash = apiVersion?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash >= 0 && apiVersion.AsSpan(0, slash).SequenceEqual(TResource.Definition.Group);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Which objects {Kind} {Namespace}/{Name} concerns could not be found out")]
    private partial void LogMappingFailed(Exception exception, string kind, string @namespace, string name);
}

/// <summary>A controller, whatever its kind.</summary>
internal interface IController : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Deals with an object soon, if it is of the controller's kind.</summary>
    void Enqueue(ResourceDefinition definition, ObjectKey key);

    /// <summary>Deals with every cached object, and with changes from now on.</summary>
    void Start();

    /// <summary>Starts no further run, and cancels those that are on after a while, or sooner where the token says so.</summary>
    Task StopAsync(TimeSpan grace, CancellationToken atOnce);
}
