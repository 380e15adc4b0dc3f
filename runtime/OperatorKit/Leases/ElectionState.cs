namespace OperatorKit.Leases;

/// <summary>What a candidate has to do next.</summary>
internal enum ElectionStep : byte
{
    /// <summary>Someone else holds the lease: look again later.</summary>
    Wait,

    /// <summary>There is no lease: create it.</summary>
    Create,

    /// <summary>The lease is free: write our name into it.</summary>
    Acquire,

    /// <summary>We hold the lease: write the time into it.</summary>
    Renew,
}

/// <summary>
/// One candidate's view of a lease. Pure: times come in as this process's monotonic clock, so that no two clocks are compared;
/// a lease is free when it has not moved for its duration since <em>we</em> saw it move.
/// </summary>
internal sealed record ElectionState
{
    private ElectionState()
    {
    }

    /// <summary>A candidate that has seen nothing.</summary>
    public static ElectionState Initial { get; } = new();

    /// <summary>The lease as it was seen last.</summary>
    public LeaseRecord? Seen { get; private init; }

    /// <summary>When the lease was seen to move.</summary>
    public TimeSpan MovedAt { get; private init; }

    /// <summary>When we renewed it last; null while we do not lead.</summary>
    public TimeSpan? RenewedAt { get; private init; }

    /// <summary>Whether we lead.</summary>
    public bool Leads => RenewedAt is not null;

    /// <summary>The lease was read.</summary>
    public ElectionState Read(LeaseRecord? lease, string identity, TimeSpan now) => this with
    {
        Seen = lease,
        MovedAt = Moved(lease) ? now : MovedAt,
        // Somebody took it: we led in name only.
        RenewedAt = lease?.Holder == identity ? RenewedAt : null,
    };

    /// <summary>What to do.</summary>
    public ElectionStep Next(string identity, TimeSpan now) => Seen switch
    {
        null => ElectionStep.Create,
        { Holder: "" } => ElectionStep.Acquire,
        var lease when lease.Holder == identity => ElectionStep.Renew,
        var lease when now - MovedAt > lease.Duration => ElectionStep.Acquire,
        _ => ElectionStep.Wait,
    };

    /// <summary>A write went through.</summary>
    /// <param name="lease">The lease as it is now.</param>
    /// <param name="sent">When the write was sent: the lease counts from then.</param>
    public static ElectionState Wrote(LeaseRecord lease, TimeSpan sent) => new() { Seen = lease, MovedAt = sent, RenewedAt = sent };

    /// <summary>A request failed, or time has passed.</summary>
    public ElectionState Passed(TimeSpan now, TimeSpan renewDeadline) =>
        RenewedAt is { } renewed && now - renewed >= renewDeadline ? this with { RenewedAt = null } : this;

    private bool Moved(LeaseRecord? lease) =>
        Seen is null || lease is null || Seen.Holder != lease.Holder || Seen.RenewTime != lease.RenewTime || Seen.Transitions != lease.Transitions;
}
