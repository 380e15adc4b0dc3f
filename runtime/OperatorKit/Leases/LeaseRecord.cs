namespace OperatorKit.Leases;

/// <summary>What a Lease says.</summary>
/// <param name="Holder">Who holds it; empty after a release.</param>
/// <param name="Duration">For how long after a renewal it is held.</param>
/// <param name="RenewTime">When it was renewed last, by the holder's clock: only whether it moves counts.</param>
/// <param name="AcquireTime">When the holder got it.</param>
/// <param name="Transitions">How often it has changed hands.</param>
/// <param name="ResourceVersion">Its version, so that of two writers one loses.</param>
internal sealed record LeaseRecord(
    string Holder, TimeSpan Duration, DateTime? RenewTime, DateTime? AcquireTime, int Transitions, string? ResourceVersion);
