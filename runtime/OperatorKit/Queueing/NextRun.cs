namespace OperatorKit.Queueing;

/// <summary>What becomes of a key after a run.</summary>
internal readonly record struct NextRun
{
    private NextRun(RunResult result, TimeSpan? delay)
    {
        Result = result;
        Delay = delay;
    }

    /// <summary>How the run went.</summary>
    public RunResult Result { get; }

    /// <summary>When it is due again, where the handler said so; null leaves that to the result.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>It went well: nothing to do until something changes.</summary>
    public static NextRun OnChange { get; } = new(RunResult.Success, null);

    /// <summary>It met a conflict: again at once, on fresh data.</summary>
    public static NextRun AtOnce { get; } = new(RunResult.Requeue, null);

    /// <summary>It failed: again after a back-off.</summary>
    public static NextRun BackOff { get; } = new(RunResult.Error, null);

    /// <summary>It failed, and wants to run again after a time.</summary>
    public static NextRun RetryAfter(TimeSpan delay) => new(RunResult.Error, delay);

    /// <summary>It failed for good: nothing to do until something changes.</summary>
    public static NextRun GivenUp { get; } = new(RunResult.Terminal, null);

    /// <summary>It went well, and wants to run again after a time.</summary>
    public static NextRun After(TimeSpan delay) => new(RunResult.RequeueAfter, delay);
}

/// <summary>How a run went; the label <c>result</c> of <c>controller_runtime_reconcile_total</c>.</summary>
internal enum RunResult : byte
{
    Success,
    RequeueAfter,
    Requeue,
    Error,
    Terminal,
}
