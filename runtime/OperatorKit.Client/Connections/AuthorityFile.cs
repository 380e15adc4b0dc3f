using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OperatorKit.Client;

/// <summary>Authorities in a file that may change while the process runs, as when a cluster gets a new one: asked for each new connection.</summary>
internal sealed class AuthorityFile(string path, TimeProvider timeProvider)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly RotatedFile<X509Certificate2Collection> _file = new(path, Certificates.Authorities, timeProvider);

    /// <summary>What is trusted beside what the file holds: nothing.</summary>
    public static X509ChainPolicy Policy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>Whether a server's certificate is of one of the authorities.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="chain">What the server has sent with it.</param>
    /// <param name="errors">What is wrong with it where nobody is trusted.</param>
    public bool Trusts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var trusted = new X509Chain { ChainPolicy = Policy() };
        trusted.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        trusted.ChainPolicy.CustomTrustStore.AddRange(Read());
        if (chain is not null)
            trusted.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return trusted.Build(server);
    }

    private X509Certificate2Collection Read()
    {
        try
        {
            return _file.Read()!;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KubeconfigException($"The authorities in {path} cannot be read: {exception.Message.TrimEnd('.')}. Check certificate-authority.", exception);
        }
    }
}
