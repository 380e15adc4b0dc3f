namespace OperatorKit.Tests.Samples;

/// <summary>A clock that stands still until it is told to move.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether something waits for a moment.</summary>
    public bool IsAwaited(DateTimeOffset due)
    {
        lock (_lock)
        {
            return _timers.Exists(timer => timer.Due == due);
        }
    }

    /// <summary>Moves the clock, and fires what comes due on the way, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (true)
        {
            ManualTimer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                _now = next is null ? target : next.Due > _now ? next.Due : _now;
                next?.Rearm();
            }

            if (next is null)
                return;
            next.Fire();
        }
    }

    /// <summary>
    /// Moves the clock in steps until something holds. It runs ahead of what goes on in real time, by however much: only for what comes to the same
    /// at any later time.
    /// </summary>
    public async Task AdvanceUntilAsync(Func<bool> holds, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Cluster.Patience);
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            Advance(step);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._now + dueTime;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Rearm()
        {
            if (_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero)
                time._timers.Remove(this);
            else
                Due += _period;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
