using System.Security.Cryptography.X509Certificates;
using OperatorKit.Webhooks.Certificates;

namespace OperatorKit.Tests.Webhooks;

public sealed class CertificatePlanTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CertificatePlan Plan = new(TimeSpan.FromDays(730), TimeSpan.FromDays(90), TimeSpan.FromHours(1));

    /// <summary>Days from the start: the authorities (from, until), the certificate, whether the newest has signed it and it has all names, now; the step.</summary>
    public static TheoryData<string, double[], double[], bool, bool, double, string> Table => new()
    {
        { "all is new", [0, 730], [0, 90], true, true, 0, "Wait 60" },
        { "two thirds are not over", [0, 730], [0, 90], true, true, 59.9, "Wait 60" },
        { "two thirds are over", [0, 730], [0, 90], true, true, 60, "Renew" },
        { "it has expired", [0, 730], [0, 90], true, true, 91, "Renew" },
        { "a name is missing", [0, 730], [0, 90], true, false, 1, "Renew" },
        { "the authority gets old", [0, 900], [590, 680], true, true, 600, "AddAuthority" },
        { "the authority is older than its certificate", [0, 900], [599, 689], true, true, 599, "Wait 600" },
        { "the new authority is not known everywhere yet", [0, 900, 600, 1500], [590, 680], false, true, 600.01, "Wait 600.045" },
        { "the new authority is known everywhere", [0, 900, 600, 1500], [590, 680], false, true, 600.05, "Renew" },
        { "the certificate has run out before the new authority is known", [0, 900, 600, 1500], [510, 600], false, true, 600.01, "Renew" },
        { "both are trusted", [0, 900, 600, 1500], [601, 691], true, true, 602, "Wait 661" },
        { "the old one has expired", [0, 900, 600, 1500], [880, 970], true, true, 900, "DropExpired" },
        { "the only authority has expired", [0, 730], [600, 690], true, true, 730, "Create" },
        { "there are none", [], [0, 90], true, true, 0, "Create" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_state_has_its_step(string when, double[] authorities, double[] serving, bool isOfNewest, bool hasAllNames, double now, string expected)
    {
        var state = new CertificateState([.. authorities.Chunk(2).Select(Days)], Days(serving), isOfNewest, hasAllNames);
        var (step, due) = Plan.Decide(state, Start.AddDays(now));
        (step == CertificateStep.Wait ? $"Wait {Math.Round((due - Start).TotalDays, 3)}" : step.ToString()).ShouldBe(expected, when);

        static Validity Days(double[] days) => new(Start.AddDays(days[0]), Start.AddDays(days[1]));
    }

    [Fact]
    public void Without_certificates_some_are_made() => Plan.Decide(null, Start).Step.ShouldBe(CertificateStep.Create);

    [Fact]
    public void Over_ten_years_a_certificate_is_trusted_at_every_moment()
    {
        var names = new[] { "shop-webhook.prod.svc", "127.0.0.1" };
        var kept = CertificateSet.Create(Plan, names, Start);
        var steps = new List<CertificateStep>();
        for (var now = Start; now < Start.AddYears(10);)
        {
            var (step, due) = Plan.Decide(kept.Describe(names), now);
            // What was trusted a moment ago, before this step reached everybody, has to hold what is served after it.
            var known = kept.Authorities;
            (now, kept) = step switch
            {
                CertificateStep.Wait => (due, kept),
                CertificateStep.AddAuthority => (now, kept.AddAuthority(Plan, now)),
                CertificateStep.Renew => (now, kept.Renew(Plan, names, now)),
                CertificateStep.DropExpired => (now, kept.DropExpired(now)),
                _ => throw new InvalidOperationException($"{step} at {now}"),
            };
            IsTrusted(kept, known, now).ShouldBeTrue($"after {step} at {now}");
            steps.Add(step);
        }

        steps.Count(static s => s == CertificateStep.AddAuthority).ShouldBeGreaterThan(5);
        steps.Count(static s => s == CertificateStep.DropExpired).ShouldBeGreaterThan(3);
    }

    [Fact]
    public void What_cannot_be_used_is_no_state()
    {
        var names = new[] { "shop-webhook.prod.svc" };
        var kept = CertificateSet.Create(Plan, names, Start);
        (kept with { Key = "nonsense" }).Describe(names).ShouldBeNull();
        (kept with { Authorities = "" }).Describe(names).ShouldBeNull();
        (kept with { AuthorityKey = CertificateSet.Create(Plan, names, Start).AuthorityKey }).Describe(names).ShouldBeNull();
        kept.Describe(["other.prod.svc"])!.HasAllNames.ShouldBeFalse();
        kept.Describe(names)!.IsOfNewest.ShouldBeTrue();
        kept.AddAuthority(Plan, Start).Describe(names)!.IsOfNewest.ShouldBeFalse();
    }

    private static bool IsTrusted(CertificateSet served, string authorities, DateTimeOffset now)
    {
        using var certificate = served.ToServe();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authorities);
        return chain.Build(certificate);
    }
}
