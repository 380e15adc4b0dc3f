using System.Security.Cryptography.X509Certificates;

namespace OperatorKit.Client;

/// <summary>Where a cluster is, whom to trust there, and who we are.</summary>
public sealed partial record ClusterConnection
{
    /// <summary>The server, as in <c>https://127.0.0.1:6443</c>; a path is kept.</summary>
    public required Uri Server { get; init; }

    /// <summary>The namespace of calls that do not name one. Default: <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Where all this comes from, for error messages, as in <c>context kind-dev of /home/me/.kube/config</c>.</summary>
    public string Source { get; init; } = "the connection given in code";

    /// <summary>The authorities that may sign the server's certificate. Default: the system's.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>
    /// A file with the authorities in PEM, read again each minute when a connection is made, so that one which is replaced is noticed; it goes
    /// before <see cref="CertificateAuthorities"/>. Default: none.
    /// </summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The name that the server's certificate must carry. Default: the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Trusts any certificate; for throw-away clusters only. Default: false.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>
    /// The proxy to go through. Default: the one in <c>HTTPS_PROXY</c> or <c>HTTP_PROXY</c>, if any, but for what <c>NO_PROXY</c> names: hosts, domains, and networks
    /// as in <c>10.0.0.0/8</c>.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>Has lists sent as they are rather than compressed: less work for both sides where the network is fast. Default: false.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>Who we are. Default: nobody, as behind <c>kubectl proxy</c>.</summary>
    public ClusterCredentials Credentials { get; init; } = ClusterCredentials.None;

    /// <summary>As whom to act. Default: ourselves.</summary>
    public Impersonation? Impersonation { get; init; }
}

/// <summary>The user as whom requests act; our own credentials must allow it.</summary>
/// <param name="User">User name.</param>
public sealed record Impersonation(string User)
{
    /// <summary>Uid of the user.</summary>
    public string? Uid { get; init; }

    /// <summary>Groups of the user.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Extra attributes of the user.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
