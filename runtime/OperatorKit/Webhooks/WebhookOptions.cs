namespace OperatorKit;

/// <summary>How an operator serves its webhooks: admission, and conversion between versions.</summary>
public sealed class WebhookOptions
{
    /// <summary>The port, open to the API server; null serves none. Default: null; inside a cluster the command line makes it 9443.</summary>
    public int? Port { get; set; }

    /// <summary>
    /// Serves on a free port of the loopback address and tells the API server so, for an API server on the same machine, as in tests.
    /// What the API server is told is taken back when the operator stops. Default: false; <c>TestCluster</c> turns it on.
    /// </summary>
    public bool OnLoopback { get; set; }

    /// <summary>
    /// A folder with <c>tls.crt</c> and <c>tls.key</c>, as cert-manager mounts it, read again when they change; with a <c>ca.crt</c>, that goes into
    /// the configurations. Default: none, and the operator makes certificates itself and renews them.
    /// </summary>
    public string? CertificateDirectory { get; set; }

    /// <summary>
    /// Name of the webhook configurations, and of the Service and the Secret with <c>-webhook</c> and <c>-webhook-certificates</c> after it.
    /// Default: <c>OPERATORKIT_NAME</c>, which the generated manifests set, else the operator's name.
    /// </summary>
    public string? Name { get; set; } = Environment.GetEnvironmentVariable("OPERATORKIT_NAME");

    /// <summary>Namespace of the Service and the Secret. Default: <c>POD_NAMESPACE</c>, else that of the connection.</summary>
    public string? Namespace { get; set; } = Environment.GetEnvironmentVariable("POD_NAMESPACE");

    /// <summary>How long a certificate is valid; it is renewed when a third of that is left. Default: 90 days.</summary>
    public TimeSpan CertificateLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long the authority that signs certificates is valid; the next one is made when a third of that is left. Default: two years.</summary>
    public TimeSpan AuthorityLifetime { get; set; } = TimeSpan.FromDays(730);

    /// <summary>How long a new authority is trusted before it signs. Default: one hour.</summary>
    public TimeSpan AuthorityOverlap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the Secret, the files and the configurations are looked at. Default: one minute.</summary>
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest review that is read; larger ones are answered with 413. Conversions of long lists come in one. Default: 64 MiB.</summary>
    public long MaxBodySize { get; set; } = 64 * 1024 * 1024;

    internal bool AreServed => Port is not null || OnLoopback;

    internal void Validate()
    {
        Require(Port is null or (>= 0 and <= 65535), nameof(Port), "must be from 0 to 65535");
        Require(CertificateLifetime > TimeSpan.Zero, nameof(CertificateLifetime), "must be above zero");
        Require(AuthorityLifetime >= CertificateLifetime * 2, nameof(AuthorityLifetime), $"must be twice {nameof(CertificateLifetime)} or more");
        Require(AuthorityOverlap >= TimeSpan.Zero && AuthorityOverlap < CertificateLifetime / 3, nameof(AuthorityOverlap), $"must be less than a third of {nameof(CertificateLifetime)}");
        Require(CheckPeriod > TimeSpan.Zero, nameof(CheckPeriod), "must be above zero");
        Require(MaxBodySize > 0, nameof(MaxBodySize), "must be above zero");

        static void Require(bool holds, string option, string rule)
        {
            if (!holds)
                throw new InvalidOperationException($"{nameof(WebhookOptions)}.{option} {rule}.");
        }
    }
}
