namespace OperatorKit.ApiServer;

/// <summary>
/// A clock that stands still until a test moves it. Give it to the server and to the operator, and hours of leases, back-off and
/// schedules pass at once. Timers fire in the order of their times, on the thread that moves the clock.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _ticks;
    private long _order;

    /// <summary>A clock that shows the given time. Default: noon of the first of January 2030, UTC.</summary>
    public VirtualTime(DateTimeOffset? start = null) => _ticks = (start ?? new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero)).UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires every timer that comes due on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = _ticks + by.Ticks;
        while (NextDue(target) is { } timer)
            timer.Fire();
    }

    /// <summary>
    /// Moves the clock on as <see cref="Advance"/> does, but waits after each timer until what it set off is done, so that everything
    /// happens at its own time, in the same order in every run: <c>time.AdvanceAsync(TimeSpan.FromHours(2), server.QuiesceAsync)</c>.
    /// </summary>
    /// <param name="by">How far. Timers that are set meanwhile fire too if they come due on the way.</param>
    /// <param name="settle">Completes when nothing is left to do: <see cref="KubernetesApiServer.QuiesceAsync"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; the clock stays where it is then.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public async Task AdvanceAsync(TimeSpan by, Func<CancellationToken, Task> settle, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetTimestamp() + by.Ticks;
        await settle(cancellationToken).ConfigureAwait(false);
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
            await settle(cancellationToken).ConfigureAwait(false);
        }
    }

    private VirtualTimer? NextDue(long target)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var timer, out var at) && at.Due <= target)
            {
                _timers.Dequeue();
                if (timer.Entry != at)
                    continue;
                _ticks = Math.Max(_ticks, at.Due);
                timer.Entry = null;
                if (timer.Period > TimeSpan.Zero)
                    Schedule(timer, timer.Period);
                return timer;
            }

            _ticks = Math.Max(_ticks, target);
            return null;
        }
    }

    private void Schedule(VirtualTimer timer, TimeSpan after)
    {
        timer.Entry = (_ticks + after.Ticks, _order++);
        _timers.Enqueue(timer, timer.Entry.Value);
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Where the timer stands in the queue; older entries of it there are void.</summary>
        public (long Due, long Order)? Entry { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Period = period;
                Entry = null;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    time.Schedule(this, dueTime);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
                (Entry, Period) = (null, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
