namespace OperatorKit.Webhooks.Certificates;

/// <summary>When something is valid.</summary>
internal readonly record struct Validity(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>When two thirds of the time are over: the time to renew.</summary>
    public DateTimeOffset RenewalTime => Until - ((Until - From) / 3);
}

/// <summary>The certificates that there are.</summary>
/// <param name="Authorities">The authorities that are trusted, oldest first; the last one signs.</param>
/// <param name="Serving">The certificate that is served.</param>
/// <param name="IsOfNewest">Whether the newest authority has signed it.</param>
/// <param name="HasAllNames">Whether it has every name under which the webhooks are called.</param>
internal sealed record CertificateState(IReadOnlyList<Validity> Authorities, Validity Serving, bool IsOfNewest, bool HasAllNames);

/// <summary>What is to be done to certificates.</summary>
internal enum CertificateStep
{
    /// <summary>Nothing until <see cref="CertificateDecision.Due"/>.</summary>
    Wait,

    /// <summary>Make an authority and a certificate; there are none that could be used.</summary>
    Create,

    /// <summary>Make a new authority that is trusted beside those that there are, and signs nothing yet.</summary>
    AddAuthority,

    /// <summary>Have the newest authority sign a new certificate.</summary>
    Renew,

    /// <summary>Take authorities out that have expired.</summary>
    DropExpired,
}

/// <summary>A step, and when to think again.</summary>
internal readonly record struct CertificateDecision(CertificateStep Step, DateTimeOffset Due);

/// <summary>
/// When certificates are made, renewed and dropped. A new authority is trusted everywhere before it signs, and an old one until it expires, so
/// that at no moment a server shows what a client does not trust.
/// </summary>
/// <param name="AuthorityLifetime">How long an authority is valid.</param>
/// <param name="ServingLifetime">How long a certificate is valid.</param>
/// <param name="Overlap">How long a new authority is trusted before it signs.</param>
internal sealed record CertificatePlan(TimeSpan AuthorityLifetime, TimeSpan ServingLifetime, TimeSpan Overlap)
{
    /// <summary>How far validity reaches into the past, for clocks that are behind.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public Validity Authority(DateTimeOffset now) => new(now - ClockSkew, now + AuthorityLifetime);

    /// <summary>A certificate never outlives who signed it.</summary>
    public Validity Serving(DateTimeOffset now, Validity authority)
    {
        var until = now + ServingLifetime;
        return new Validity(now - ClockSkew, until < authority.Until ? until : authority.Until);
    }

    public CertificateDecision Decide(CertificateState? state, DateTimeOffset now)
    {
        if (state is null || state.Authorities.Count == 0 || state.Authorities[^1].Until <= now)
            return new CertificateDecision(CertificateStep.Create, now);
        var newest = state.Authorities[^1];
        var signsFrom = state.Authorities.Count == 1 ? newest.From : newest.From + ClockSkew + Overlap;
        if (state.Serving.Until <= now || !state.HasAllNames)
            return new CertificateDecision(CertificateStep.Renew, now);
        if (now >= newest.RenewalTime)
            return new CertificateDecision(CertificateStep.AddAuthority, now);
        var renewal = state.IsOfNewest ? state.Serving.RenewalTime : signsFrom;
        if (renewal < signsFrom)
            renewal = signsFrom;
        if (now >= renewal)
            return new CertificateDecision(CertificateStep.Renew, now);
        if (state.Authorities.Any(authority => authority.Until <= now))
            return new CertificateDecision(CertificateStep.DropExpired, now);
        return new CertificateDecision(CertificateStep.Wait, new[] { renewal, newest.RenewalTime, state.Authorities[0].Until }.Min());
    }
}
