using System.Security.Cryptography;

namespace OperatorKit.Webhooks.Certificates;

/// <summary>Reads certificates that somebody else makes, as cert-manager does, from a mounted folder.</summary>
internal sealed class CertificateFolder(string path)
{
    /// <summary>What is there now.</summary>
    /// <exception cref="OperatorStartException">Nothing that could be served; the message says why.</exception>
    public CertificateSet Read()
    {
        try
        {
            var authorities = Path.Combine(path, "ca.crt");
            var certificates = new CertificateSet(
                File.Exists(authorities) ? File.ReadAllText(authorities) : "",
                null,
                File.ReadAllText(Path.Combine(path, "tls.crt")),
                File.ReadAllText(Path.Combine(path, "tls.key")));

            // Between the two files a rotation may have come: then they do not fit.
            using var fits = certificates.ToServe();
            return certificates;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new OperatorStartException(
                $"The certificate of the webhooks in {path} cannot be used: {exception.Message} Mount a folder with tls.crt and tls.key, or leave {nameof(WebhookOptions)}.{nameof(WebhookOptions.CertificateDirectory)} out.", exception);
        }
    }
}
