namespace OperatorKit.Queueing;

/// <summary>How long to wait after failures in a row: doubling from the first wait up to a limit, with jitter so that failures spread out.</summary>
/// <param name="Initial">Wait after the first failure.</param>
/// <param name="Limit">Longest wait.</param>
internal readonly record struct BackOff(TimeSpan Initial, TimeSpan Limit)
{
    /// <summary>Share of a wait that jitter may take away.</summary>
    private const double Jitter = 0.2;

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">At least 1.</param>
    /// <param name="random">A random number from 0 up to 1.</param>
    public TimeSpan After(int failures, double random)
    {
        var doublings = Math.Min(failures - 1, 62);
        var wait = Math.Min(Initial.Ticks * Math.Pow(2, doublings), Limit.Ticks);
        return TimeSpan.FromTicks((long)(wait * (1 - (Jitter * random))));
    }
}
