using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Scheduling;

namespace OperatorKit.Watching;

/// <summary>
/// Keeps an <see cref="ObjectCache{T}"/> like the cluster: does what <see cref="InformerState"/> says, for ever, whatever fails.
/// </summary>
internal sealed partial class Informer<T> : IInformerStatus
    where T : class, IKubernetesResource<T>
{
    private readonly ResourceClient<T> _client;
    private readonly ObjectCache<T> _cache;
    private readonly CachedForm<T> _form;
    private readonly StreamedLists _streamedLists;
    private readonly Action<CacheChange<T>> _notify;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly MetricSeries _failures;
    private readonly MetricSeries _invalid;
    private readonly TaskCompletionSource _synced;
    private readonly TaskCompletionSource _refused;
    private long _lastStep;

    public Informer(
        ResourceClient<T> client,
        ObjectCache<T> cache,
        CachedForm<T> form,
        StreamedLists streamedLists,
        Action<CacheChange<T>> notify,
        OperatorMetrics metrics,
        OperatorServices services,
        ILogger logger)
    {
        _client = client;
        _cache = cache;
        _form = form;
        _streamedLists = streamedLists;
        _notify = notify;
        _time = services.Time;
        _random = services.Random;
        _synced = services.Scheduler.NewCompletionSource();
        _refused = services.Scheduler.NewCompletionSource();
        _logger = logger;
        _failures = metrics.WatchRestarts.With(T.Definition.QualifiedName);
        _invalid = metrics.InvalidObjects.With(T.Definition.QualifiedName);
        _lastStep = _time.GetTimestamp();
    }

    public ResourceDefinition Definition => T.Definition;

    public string? Namespace => _client.Namespace;

    public Task Synced => _synced.Task;

    public Task Refused => _refused.Task;

    public KubernetesException? LastError { get; private set; }

    public TimeSpan SinceLastStep => _time.GetElapsedTime(Volatile.Read(ref _lastStep));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var state = InformerState.Initial;
        while (!cancellationToken.IsCancellationRequested)
        {
            Step();
            try
            {
                state = state.Step switch
                {
                    InformerStep.List => await ReadAllAsync(state, cancellationToken),
                    InformerStep.Check => await CheckAsync(state, cancellationToken),
                    InformerStep.Watch => await WatchAsync(state, cancellationToken),
                    _ => await WaitAsync(state, cancellationToken),
                };
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<InformerState> ListAsync(InformerState state, CancellationToken cancellationToken)
    {
        try
        {
            var items = new List<T>();
            var version = "";
            var options = new ListOptions { LabelSelector = _form.LabelSelector, FieldSelector = _form.FieldSelector, OnInvalidObject = Report };
            await foreach (var page in _client.ListPagesAsync(options, cancellationToken))
            {
                Step();
                version = page.ResourceVersion;
                foreach (var item in page.Items)
                {
                    items.Add(Keep(item));
                }
            }

            Replace(items, version);
            return state.Listed(version);
        }
        catch (ExpiredException exception)
        {
            Fail(exception);
            return state.Expired(_random.NextDouble());
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Fail(exception);
            return state.Failed(_random.NextDouble());
        }
    }

    private async Task<InformerState> WatchAsync(InformerState state, CancellationToken cancellationToken)
    {
        var opened = _time.GetTimestamp();
        try
        {
            var options = new WatchOptions
            {
                LabelSelector = _form.LabelSelector,
                FieldSelector = _form.FieldSelector,
                ResourceVersion = state.Version,
                AllowBookmarks = true,
                OnInvalidObject = TakeOut,
            };
            await foreach (var seen in _client.WatchAsync(options, cancellationToken))
            {
                Step();
                Take(seen);
                state = InformerState.Saw(seen.ResourceVersion);
            }

            return state.Ended(_time.GetElapsedTime(opened), _random.NextDouble());
        }
        catch (ExpiredException exception)
        {
            LogExpired(T.Definition.QualifiedName, state.Version ?? "", exception.Message);
            return state.Expired(_random.NextDouble());
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Fail(exception);
            return state.Failed(_random.NextDouble());
        }
    }

    private async Task<InformerState> CheckAsync(InformerState state, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ListOptions { LabelSelector = _form.LabelSelector, FieldSelector = _form.FieldSelector, Limit = 1, OnInvalidObject = Ignore };
            var first = await _client.ListAsync(options, cancellationToken);
            var isSame = ResourceVersions.Compare(first.ResourceVersion, state.Version) >= 0 && _cache.IsConsistentWith(first.Items);
            if (!isSame)
                LogExpired(T.Definition.QualifiedName, state.Version ?? "", "the cluster is another, or an earlier one");
            return state.Checked(isSame);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Fail(exception);
            return state.Failed(_random.NextDouble());
        }

        static void Ignore(InvalidObject invalid)
        {
        }
    }

    private async Task<InformerState> WaitAsync(InformerState state, CancellationToken cancellationToken)
    {
        await _time.WaitAsync(state.Delay, cancellationToken);
        return state.Waited();
    }

    private void Replace(List<T> items, string version)
    {
        foreach (var change in _cache.Replace(items, version))
        {
            _notify(change);
        }

        LastError = null;
        _synced.TrySetResult();
        LogListed(T.Definition.QualifiedName, items.Count, version);
    }

    /// <summary>What is kept of an object: the instance that is there where it is the same version.</summary>
    private T Keep(T listed)
    {
        var known = _cache.Intern(listed);
        return ReferenceEquals(known, listed) ? _form.Of(listed) : known;
    }

    private void Take(WatchEvent<T> seen)
    {
        var change = seen.Type switch
        {
            WatchEventType.Deleted => _cache.Remove(seen.Object),
            WatchEventType.Bookmark => Advance(seen.ResourceVersion),
            _ => _cache.Set(_form.Of(seen.Object)),
        };
        if (change is { } changed)
            _notify(changed);
    }

    /// <summary>What cannot be read is not there: handlers must not go by a state that has passed, and a deletion must not be missed.</summary>
    private void TakeOut(InvalidObject invalid)
    {
        if (!invalid.IsDeleted)
            Report(invalid);
        if (invalid.Name.Length > 0 && _cache.RemoveUnreadable(new ObjectKey(invalid.Namespace ?? "", invalid.Name), invalid.ResourceVersion) is { } change)
            _notify(change);
    }

    private CacheChange<T>? Advance(string version)
    {
        _cache.Advance(version);
        return null;
    }

    private void Step() => Volatile.Write(ref _lastStep, _time.GetTimestamp());

    private void Fail(Exception exception)
    {
        _failures.Add();
        LastError = exception as KubernetesException ?? new KubernetesException(exception.Message, null, exception);
        if (LastError is NotFoundException or ForbiddenException or UnauthorizedException or UntrustedCertificateException or KubeconfigException)
            _refused.TrySetResult();
        LogFailed(exception is KubernetesException ? null : exception, T.Definition.QualifiedName, exception.Message);
    }

    private void Report(InvalidObject invalid)
    {
        _invalid.Add();
        LogInvalid(T.Definition.Kind, invalid.Namespace ?? "", invalid.Name, invalid.Error.Message);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Listed {Count} {Kind} at version {Version}")]
    private partial void LogListed(string kind, int count, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server no longer has the changes of {Kind} after version {Version}: listing again ({Reason})")]
    private partial void LogExpired(string kind, string version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watching {Kind} failed and is tried again: {Reason}")]
    private partial void LogFailed(Exception? exception, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Namespace}/{Name} does not fit its type and is left out until it is mended: {Reason}")]
    private partial void LogInvalid(string kind, string @namespace, string name, string reason);
}
