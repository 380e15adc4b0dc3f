using System.Security.Cryptography.X509Certificates;

namespace OperatorKit.Client;

/// <summary>Who we are to a cluster. What is set is used; a client certificate can go with any of the others.</summary>
public sealed record ClusterCredentials
{
    /// <summary>Nobody.</summary>
    public static ClusterCredentials None { get; } = new();

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token, read again each minute; it goes before <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>User name of basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Password of basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>A certificate with its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>A command that prints credentials.</summary>
    public ExecCommand? Exec { get; init; }
}

/// <summary>A command that prints credentials (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).</summary>
/// <param name="Command">The command: a path, or a name looked up in <c>PATH</c>.</param>
public sealed record ExecCommand(string Command)
{
    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables added to ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The version of the protocol. Default: <c>client.authentication.k8s.io/v1</c>.</summary>
    public string ApiVersion { get; init; } = "client.authentication.k8s.io/v1";

    /// <summary>Whether the command gets the cluster in <c>KUBERNETES_EXEC_INFO</c>.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>Whether the command can only work with a terminal to ask questions on.</summary>
    public bool NeedsTerminal { get; init; }

    /// <summary>How to install the command, shown when it is missing.</summary>
    public string? InstallHint { get; init; }
}
