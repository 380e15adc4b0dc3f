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
