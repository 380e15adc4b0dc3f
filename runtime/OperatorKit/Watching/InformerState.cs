using OperatorKit.Queueing;

namespace OperatorKit.Watching;

/// <summary>What an informer has to do next.</summary>
internal enum InformerStep : byte
{
    /// <summary>Read all objects.</summary>
    List,

    /// <summary>Ask whether the cluster is still the one that <see cref="InformerState.Version"/> is of.</summary>
    Check,

    /// <summary>Read changes after <see cref="InformerState.Version"/>.</summary>
    Watch,

    /// <summary>Let <see cref="InformerState.Delay"/> pass.</summary>
    Wait,
}

/// <summary>
/// How far an informer has come: list once, then watch, resuming after the last event seen; list again only when the server
/// no longer has the changes in between. Each method is one transition; the I/O is in <see cref="Informer{T}"/>.
/// </summary>
internal readonly record struct InformerState
{
    /// <summary>A watch that ended sooner than this without an event counts as a failure, or an eager proxy would be asked without end.</summary>
    public static readonly TimeSpan ShortestWatch = TimeSpan.FromSeconds(1);

    /// <summary>kube-rs's watcher: 0.8 s doubling to 30 s.</summary>
    private static readonly BackOff BackOff = new(TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(30));

    private InformerState(InformerStep step, string? version, int failures, TimeSpan delay)
    {
        Step = step;
        Version = version;
        Failures = failures;
        Delay = delay;
    }

    /// <summary>The state of an informer that has seen nothing yet.</summary>
    public static InformerState Initial { get; } = new(InformerStep.List, null, 0, TimeSpan.Zero);

    /// <summary>What to do next.</summary>
    public InformerStep Step { get; }

    /// <summary>The version seen last; null where the next thing to do is to list.</summary>
    public string? Version { get; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; }

    /// <summary>How long to wait.</summary>
    public TimeSpan Delay { get; }

    /// <summary>A list came in whole.</summary>
    public InformerState Listed(string version) => new(InformerStep.Watch, version, Failures, TimeSpan.Zero);

    /// <summary>The watch sent an event or a bookmark.</summary>
    public static InformerState Saw(string version) => new(InformerStep.Watch, version, 0, TimeSpan.Zero);

    /// <summary>The watch ended in good order.</summary>
    /// <param name="lasted">How long it had been open.</param>
    /// <param name="random">A random number from 0 up to 1.</param>
    public InformerState Ended(TimeSpan lasted, double random) =>
        lasted >= ShortestWatch ? new(InformerStep.Check, Version, 0, TimeSpan.Zero) : Failed(random);

    /// <summary>The server no longer has the changes after <see cref="Version"/> (410 Gone).</summary>
    /// <param name="random">A random number from 0 up to 1.</param>
    public InformerState Expired(double random) =>
        Failures == 0 ? new(InformerStep.List, null, 1, TimeSpan.Zero) : new InformerState(Step, null, Failures, Delay).Failed(random);

    /// <summary>The list or the watch failed.</summary>
    /// <param name="random">A random number from 0 up to 1.</param>
    public InformerState Failed(double random) =>
        new(InformerStep.Wait, Version, Failures + 1, BackOff.After(Failures + 1, random));

    /// <summary>The wait is over.</summary>
    public InformerState Waited() => new(Version is null ? InformerStep.List : InformerStep.Check, Version, Failures, TimeSpan.Zero);

    /// <summary>
    /// The cluster was asked before a watch goes on. One that was restored from a backup or made anew counts from an earlier version, and a
    /// watch would wait there for ever.
    /// </summary>
    /// <param name="isSame">Whether it is the cluster that was watched before, no earlier than it was seen last.</param>
    public InformerState Checked(bool isSame) =>
        isSame ? new(InformerStep.Watch, Version, Failures, TimeSpan.Zero) : new(InformerStep.List, null, Failures, TimeSpan.Zero);
}
