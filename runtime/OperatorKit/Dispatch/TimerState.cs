namespace OperatorKit.Dispatch;

/// <summary>When a timer fires.</summary>
/// <param name="Interval">From the start of one call to the next.</param>
/// <param name="InitialDelay">From the first sight of the object to the first call.</param>
/// <param name="Idle">How long the spec must not have changed before a call.</param>
internal readonly record struct TimerSchedule(TimeSpan Interval, TimeSpan InitialDelay, TimeSpan Idle);

/// <summary>Where the timer of one object stands. Times are counted from any fixed moment; each method is one transition.</summary>
/// <param name="Uid">The object.</param>
/// <param name="Generation">Its generation when it was seen last.</param>
/// <param name="ChangedAt">When that was new.</param>
/// <param name="Tick">The next point of the timer's grid.</param>
internal readonly record struct TimerState(string Uid, long Generation, TimeSpan ChangedAt, TimeSpan Tick)
{
    /// <summary>The generation that the method gave up on; null where it did not.</summary>
    public long? GivenUpGeneration { get; init; }

    /// <summary>Whether there is nothing to wait for but a change.</summary>
    public bool IsGivenUp => GivenUpGeneration == Generation;

    public static TimerState Start(string uid, long generation, in TimerSchedule schedule, TimeSpan now) =>
        new(uid, generation, now, now + schedule.InitialDelay);

    /// <summary>When the method is to be called next.</summary>
    public TimeSpan Due(in TimerSchedule schedule) => Tick > ChangedAt + schedule.Idle ? Tick : ChangedAt + schedule.Idle;

    /// <summary>The object was seen again.</summary>
    public TimerState Saw(long generation, TimeSpan now) =>
        generation == Generation ? this : this with { Generation = generation, ChangedAt = now };

    /// <summary>The method was called: on to the next point of the grid, past those that were missed.</summary>
    public TimerState Called(in TimerSchedule schedule, TimeSpan now)
    {
        var missed = Math.Max(0, (now - Tick).Ticks / schedule.Interval.Ticks);
        return this with { Tick = Tick + (schedule.Interval * (missed + 1)), GivenUpGeneration = null };
    }
}
