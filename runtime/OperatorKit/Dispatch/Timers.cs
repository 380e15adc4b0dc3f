using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Conditions;
using OperatorKit.Hosting;
using OperatorKit.Queueing;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>
/// Calls the timers of a controller: each at the points of its own grid, never beside another run for the same object, with a back-off of its own.
/// </summary>
internal sealed partial class Timers<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    private readonly TimerHook<TResource>[] _hooks;
    private readonly KindCache<TResource> _cache;
    private readonly HookSet<TResource> _filters;
    private readonly HandlerCalls<TResource> _calls;
    private readonly StatusWriter<TResource> _status;
    private readonly ObjectGates _gates;
    private readonly Func<Func<HookKey, int, CancellationToken, Task<NextRun>>, Workers<HookKey>> _createWorkers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<HookKey, TimerState> _states = new();
    private readonly long _epoch;
    private volatile Workers<HookKey>? _workers;

    public Timers(
        HookSet<TResource> hooks,
        KindCache<TResource> cache,
        HandlerCalls<TResource> calls,
        StatusWriter<TResource> status,
        ObjectGates gates,
        OperatorServices given,
        Func<Func<HookKey, int, CancellationToken, Task<NextRun>>, Workers<HookKey>> createWorkers)
    {
        _filters = hooks;
        _hooks = hooks.Timers;
        _cache = cache;
        _calls = calls;
        _status = status;
        _gates = gates;
        _createWorkers = createWorkers;
        _time = given.Time;
        _epoch = _time.GetTimestamp();
        _logger = calls.Services.Logger;
    }

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>Lets timers fire.</summary>
    public void Start()
    {
        _states.Clear();
        if (_hooks.Length == 0)
            return;
        _workers = _createWorkers(RunAsync);
        _workers.Start();
    }

    /// <summary>Starts the timers that concern an object, and stops those that do not.</summary>
    public void Plan(ObjectKey key, TResource resource)
    {
        for (var i = 0; i < _hooks.Length; i++)
        {
            var timer = new HookKey(key, i);
            if (!_filters.Serves(null, resource) || !_hooks[i].Serves(resource))
            {
                _states.TryRemove(timer, out _);
                continue;
            }

            var now = Now;
            var (uid, generation) = (resource.Metadata.Uid ?? "", resource.Metadata.Generation ?? 0);
            var isKnown = _states.TryGetValue(timer, out var state) && state.Uid == uid;
            var next = isKnown ? state.Saw(generation, now) : TimerState.Start(uid, generation, _hooks[i].Schedule, now);
            _states[timer] = next;
            if (!isKnown || (state.IsGivenUp && !next.IsGivenUp))
                _workers?.AddAfter(timer, next.Due(_hooks[i].Schedule) - now);
        }
    }

    /// <summary>Stops the timers of an object that is gone.</summary>
    public void Forget(ObjectKey key)
    {
        for (var i = 0; i < _hooks.Length; i++)
        {
            _states.TryRemove(new HookKey(key, i), out _);
        }
    }

    public async Task StopAsync(TimeSpan grace, CancellationToken atOnce)
    {
        if (_workers is not { } workers)
            return;
        await workers.StopAsync(grace, atOnce).ConfigureAwait(false);
        _workers = null;
        await workers.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<NextRun> RunAsync(HookKey timer, int failures, CancellationToken cancellationToken)
    {
        var hook = _hooks[timer.Hook];
        if (!_states.TryGetValue(timer, out var state) || state.IsGivenUp)
            return NextRun.OnChange;
        if (!_cache.TryGet(timer.Object, out var resource) || resource.Metadata.Uid != state.Uid || !hook.Serves(resource))
            return NextRun.OnChange;
        var due = state.Due(hook.Schedule);
        if (due > Now)
            return NextRun.After(due - Now);
        if (!_gates.TryEnter(timer.Object, () => _workers?.Add(timer)))
            return NextRun.OnChange;
        try
        {
            return await CallAsync(timer, hook, resource, failures, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gates.Leave(timer.Object);
        }
    }

    private async Task<NextRun> CallAsync(HookKey timer, TimerHook<TResource> hook, TResource resource, int failures, CancellationToken cancellationToken)
    {
        var runId = _calls.NextId();
        using var scope = _calls.BeginScope(timer.Object, runId);
        try
        {
            var (returned, requeue) = await _calls.CallAsync(
                resource, null, HandlerMethods.None, new AppliedChildren(), runId, (run, token) => hook.Call(_filters.Target, run, token), cancellationToken)
                .ConfigureAwait(false);
            await _status.ReportedAsync(resource, returned, cancellationToken).ConfigureAwait(false);
            var wait = Move(timer, state => state.Called(hook.Schedule, Now));
            return NextRun.After(requeue < wait ? requeue.Value : wait);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return NextRun.OnChange;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception, failures);
            if (failure.Next.Result == RunResult.Requeue)
                return failure.Next;
            LogFailed(failure.IsExpected ? null : exception, hook.Name, failure.Reason, failure.Message);
            _calls.Services.Events.Record(resource, EventType.Warning, failure.Reason, $"{hook.Name}: {failure.Message}");
            if (failure.Next.Result == RunResult.Terminal)
                Move(timer, state => state with { GivenUpGeneration = resource.Metadata.Generation ?? 0 });
            return failure.Next;
        }
    }

    /// <returns>How long until the timer is due.</returns>
    private TimeSpan Move(HookKey timer, Func<TimerState, TimerState> move)
    {
        while (_states.TryGetValue(timer, out var state))
        {
            var moved = move(state);
            if (_states.TryUpdate(timer, moved, state))
                return Max(moved.Due(_hooks[timer.Hook].Schedule) - Now, TimeSpan.FromTicks(1));
        }

        // Stopped while it ran: the next run finds that there is nothing to do.
        return _hooks[timer.Hook].Schedule.Interval;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Hook} failed ({Reason}): {Problem}")]
    private partial void LogFailed(Exception? exception, string hook, string reason, string problem);
}
