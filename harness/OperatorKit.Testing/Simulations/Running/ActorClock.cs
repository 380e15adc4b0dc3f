namespace OperatorKit.Testing.Simulations.Running;

/// <summary>The clock of an actor. Its wall clock may be wrong and jump; time that passes is the same for all.</summary>
internal sealed class ActorClock(Actor actor) : TimeProvider
{
    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => actor.Loop.Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => actor.Loop.UtcNow + Skew;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ActorTimer(actor, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ActorTimer(Actor actor, TimerCallback callback, object? state) : ITimer
    {
        private int _setting;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Set(dueTime);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan dueTime)
        {
            var setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
                actor.Loop.Post(actor, () => Fire(setting), dueTime);
        }

        private void Fire(int setting)
        {
            if (setting != _setting)
                return;
            if (_period > TimeSpan.Zero)
                Set(_period);
            callback(state);
        }
    }
}
