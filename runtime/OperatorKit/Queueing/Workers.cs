using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Scheduling;

namespace OperatorKit.Queueing;

/// <summary>
/// Runs a function for the keys of a <see cref="WorkQueue{TKey}"/>: several keys at a time, one key never twice. There are
/// no idle workers: one starts when a key gets ready and ends when none is.
/// </summary>
internal sealed class Workers<TKey> : IAsyncDisposable
    where TKey : notnull
{
    /// <summary>Timers take no more than 49 days; a later time is looked at again when this one fires.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly WorkQueue<TKey> _queue = new();
    private readonly Func<TKey, int, CancellationToken, Task<NextRun>> _run;
    private readonly int _concurrency;
    private readonly BackOff _backOff;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly TaskScheduler _scheduler;
    private readonly QueueMetrics _metrics;
    private readonly List<TimeSpan> _running = [];
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping;
    private readonly TaskCompletionSource _drained;
    private readonly long _epoch;
    private TimeSpan _timerDue = TimeSpan.MaxValue;
    private int _active;
    private bool _started;
    private bool _stopped;

    /// <summary>Workers that have yet to be started.</summary>
    /// <param name="run">Runs for a key; is told how many runs for it have failed in a row before.</param>
    /// <param name="concurrency">How many runs there may be at a time.</param>
    /// <param name="backOff">The wait after a failure.</param>
    /// <param name="services">Clock, jitter and where to run.</param>
    /// <param name="metrics">What is told of the queue.</param>
    public Workers(
        Func<TKey, int, CancellationToken, Task<NextRun>> run,
        int concurrency,
        BackOff backOff,
        OperatorServices services,
        QueueMetrics metrics)
    {
        _run = run;
        _concurrency = concurrency;
        _backOff = backOff;
        _time = services.Time;
        _epoch = _time.GetTimestamp();
        _stopping = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _random = services.Random;
        _scheduler = services.Scheduler;
        _drained = _scheduler.NewCompletionSource();
        _metrics = metrics;
        metrics.Show(State);
        _timer = _time.CreateTimer(static state => ((Workers<TKey>)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time since the start by the monotonic clock: a change of the wall clock delays nothing.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>Lets keys run; those added before waited.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _started = true;
            StartWorkers();
        }
    }

    /// <summary>Lets a key run soon.</summary>
    /// <param name="key">The key.</param>
    /// <param name="priority">Whether it may overtake.</param>
    public void Add(TKey key, QueuePriority priority = QueuePriority.Normal)
    {
        lock (_lock)
        {
            _queue.Add(key, priority, Now);
            _metrics.Added();
            StartWorkers();
        }
    }

    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            _queue.AddAt(key, Now + delay);
            Promote();
        }
    }

    /// <summary>Starts no further run, cancels the token of those that are on after the grace period, and waits for them.</summary>
    /// <param name="grace">The grace period.</param>
    /// <param name="atOnce">Ends the grace period before its time.</param>
    public async Task StopAsync(TimeSpan grace, CancellationToken atOnce = default)
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            _stopped = true;
            if (_active == 0)
                _drained.TrySetResult();
        }

        if (grace <= TimeSpan.Zero || atOnce.IsCancellationRequested)
            await _scheduler.Cancel(_stopping).ConfigureAwait(false);
        else
            _stopping.CancelAfter(grace);
        await using (atOnce.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _stopping).ConfigureAwait(false))
            await _drained.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void StartWorkers()
    {
        while (_started && !_stopped && _active < _concurrency && _active < _queue.Ready + _queue.Processing)
        {
            _active++;
            _ = _scheduler.Start(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var key, out var failures, out var started))
        {
            var next = await RunAsync(key, failures).ConfigureAwait(false);
            lock (_lock)
            {
                Settle(key, next);
                _queue.Done(key, Now);
                _running.Remove(started);
                _metrics.Worked(Now - started);
                StartWorkers();
            }
        }
    }

    private async Task<NextRun> RunAsync(TKey key, int failures)
    {
        try
        {
            return await _run(key, failures, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The function reports its own failures; whatever still gets here must not cost a worker.
            return NextRun.BackOff;
        }
    }

    private bool TryTake(out TKey key, out int failures, out TimeSpan started)
    {
        lock (_lock)
        {
            started = Now;
            if (!_stopped && _queue.TryTake(out key!))
            {
                failures = _queue.Failures(key);
                _running.Add(started);
                _metrics.Taken(started - _queue.ReadySince);
                return true;
            }

            (key, failures) = (default!, 0);
            if (--_active == 0 && _stopped)
                _drained.TrySetResult();
            return false;
        }
    }

    private void Settle(TKey key, NextRun next)
    {
        switch (next.Result)
        {
            case RunResult.Error:
                _metrics.Retried();
                var backOff = _backOff.After(_queue.CountFailure(key), _random.NextDouble());
                _queue.AddAt(key, Now + (next.Delay ?? backOff));
                Promote();
                break;
            case RunResult.Requeue:
                _queue.CountFailure(key);
                _queue.Add(key, QueuePriority.Normal, Now);
                break;
            default:
                _queue.Forget(key);
                if (next.Delay is { } delay)
                    _queue.AddAt(key, Now + delay);
                Promote();
                break;
        }
    }

    private QueueState State()
    {
        lock (_lock)
        {
            var now = Now;
            var unfinished = TimeSpan.Zero;
            var longest = TimeSpan.Zero;
            foreach (var started in _running)
            {
                unfinished += now - started;
                longest = now - started > longest ? now - started : longest;
            }

            return new QueueState(_queue.Ready - _queue.ReadyInBackground, _queue.ReadyInBackground, unfinished, longest);
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _timerDue = TimeSpan.MaxValue;
            Promote();
        }
    }

    private void Promote()
    {
        if (_stopped)
            return;
        var now = Now;
        var due = _queue.Promote(now);
        if (due is { } next && next < _timerDue)
        {
            _timerDue = next;
            _timer.Change(next - now < LongestTimer ? next - now : LongestTimer, Timeout.InfiniteTimeSpan);
        }

        StartWorkers();
    }
}
