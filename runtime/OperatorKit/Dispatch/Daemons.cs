using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Conditions;
using OperatorKit.Hosting;
using OperatorKit.Queueing;
using OperatorKit.Scheduling;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>
/// Keeps the daemons of a controller running: one task an object and method, from its first sight until it goes, stops matching its filter or
/// the controller stops. One that throws is started again after a back-off; one that returns has done its work.
/// </summary>
internal sealed partial class Daemons<TResource>(
    HookSet<TResource> hooks,
    KindCache<TResource> cache,
    HandlerCalls<TResource> calls,
    StatusWriter<TResource> status,
    BackOff backOff,
    OperatorServices given)
    where TResource : CustomResource, ICustomResource<TResource>
{
    /// <summary>How long a daemon may take to end after its token is cancelled, before nobody waits for it any more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<HookKey, Daemon> _daemons = [];
    private readonly ILogger _logger = calls.Services.Logger;
    private bool _started;

    public void Start()
    {
        lock (_lock)
        {
            _started = true;
        }
    }

    /// <summary>Starts the daemons that concern an object, and stops those that do not.</summary>
    public void Plan(ObjectKey key, TResource resource)
    {
        for (var i = 0; i < hooks.Daemons.Length; i++)
        {
            var wanted = hooks.Serves(null, resource) && hooks.Daemons[i].Serves(resource);
            Plan(new HookKey(key, i), wanted ? resource.Metadata.Uid : null);
        }
    }

    /// <summary>Stops the daemons of an object that is gone.</summary>
    public void Forget(ObjectKey key)
    {
        for (var i = 0; i < hooks.Daemons.Length; i++)
        {
            Plan(new HookKey(key, i), null);
        }
    }

    /// <summary>Stops the daemons of an object and waits for them, but no longer than <see cref="Grace"/>.</summary>
    public Task StopAsync(ObjectKey key)
    {
        var ending = new List<Task>();
        for (var i = 0; i < hooks.Daemons.Length; i++)
        {
            lock (_lock)
            {
                if (_daemons.TryGetValue(new HookKey(key, i), out var daemon))
                    ending.Add(daemon.Ended);
            }
        }

        Forget(key);
        return LetEndAsync(ending, Grace);
    }

    /// <summary>Stops all daemons and waits for them for a while.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Daemon[] all;
        lock (_lock)
        {
            _started = false;
            all = [.. _daemons.Values];
            _daemons.Clear();
        }

        foreach (var daemon in all)
        {
            daemon.Cancel();
        }

        await LetEndAsync([.. all.Select(static daemon => daemon.Ended)], grace > Grace ? grace : Grace).ConfigureAwait(false);
    }

    private void Plan(HookKey key, string? uid)
    {
        Daemon? ended = null;
        lock (_lock)
        {
            if (_daemons.TryGetValue(key, out var running))
            {
                if (running.Uid == uid)
                    return;
                _daemons.Remove(key);
                ended = running;
            }

            if (uid is not null && _started)
                _daemons[key] = new Daemon(uid, given.Scheduler, token => RunAsync(key, uid, token));
        }

        ended?.Cancel();
    }

    private async Task RunAsync(HookKey key, string uid, CancellationToken cancellationToken)
    {
        var hook = hooks.Daemons[key.Hook];
        var runId = calls.NextId();
        using var scope = calls.BeginScope(key.Object, runId);
        for (var failures = 1; ; failures++)
        {
            var started = given.Time.GetTimestamp();
            if (!cache.TryGet(key.Object, out var resource) || resource.Metadata.Uid != uid
                || await RunAsync(hook, resource, runId, cancellationToken).ConfigureAwait(false) is not { } failed || failed.Result == RunResult.Terminal)
                return;
            // One that worked for long has not failed in a row.
            if (given.Time.GetElapsedTime(started) >= backOff.Limit)
                failures = 1;
            await given.Time.WaitAsync(failed.Delay ?? backOff.After(failures, given.Random.NextDouble()), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>How it failed; null where it has done its work.</returns>
    private async Task<NextRun?> RunAsync(DaemonHook<TResource> hook, TResource resource, string runId, CancellationToken cancellationToken)
    {
        using var run = new HandlerRun(calls.Services, resource, new AppliedChildren(), runId, cancellationToken);
        try
        {
            var returned = await hook.Call(hooks.Target, new ReconcileScope<TResource>(resource, null, HandlerMethods.None, run), cancellationToken).ConfigureAwait(false);
            await status.ReportedAsync(resource, returned, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var failure = Failure.Of(exception);
            LogFailed(failure.IsExpected ? null : exception, hook.Name, failure.Reason, failure.Message);
            calls.Services.Events.Record(resource, EventType.Warning, failure.Reason, $"{hook.Name}: {failure.Message}");
            return failure.Next;
        }
    }

    private async Task LetEndAsync(IReadOnlyList<Task> ending, TimeSpan patience)
    {
        if (ending.Count == 0)
            return;
        try
        {
            await Task.WhenAll(ending).WaitAsync(patience, given.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Left behind; their contexts refuse to write.
            LogLeftBehind(ending.Count(static task => !task.IsCompleted));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Daemon {Hook} failed ({Reason}): {Problem}")]
    private partial void LogFailed(Exception? exception, string hook, string reason, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} daemons do not look at their cancelled token and are left behind")]
    private partial void LogLeftBehind(int count);

    /// <summary>The task of one daemon.</summary>
    private sealed class Daemon
    {
        private readonly Action _cancel;

        public Daemon(string uid, TaskScheduler scheduler, Func<CancellationToken, Task> run)
        {
            var life = new CancellationTokenSource();
            // On another thread: what the daemon has registered on its token is its own affair.
            _cancel = () => _ = scheduler.Cancel(life);
            Uid = uid;
            Ended = scheduler.Start(() => GuardAsync(run, life.Token));
        }

        public string Uid { get; }

        /// <summary>Completes when the daemon has ended, however it did.</summary>
        public Task Ended { get; }

        public void Cancel() => _cancel();

        private static async Task GuardAsync(Func<CancellationToken, Task> run, CancellationToken token)
        {
            try
            {
                await run(token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // That is how daemons end.
            }
        }
    }
}
