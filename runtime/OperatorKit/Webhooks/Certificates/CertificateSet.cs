using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OperatorKit.Webhooks.Certificates;

/// <summary>Authorities, the key of the newest of them, and the certificate that is served with its key, all as PEM.</summary>
/// <param name="Authorities">What clients have to trust, oldest first.</param>
/// <param name="AuthorityKey">The key of the newest authority; null where somebody else signs.</param>
/// <param name="Certificate">The certificate that is served, and what stands between it and its authority.</param>
/// <param name="Key">Its key.</param>
internal sealed record CertificateSet(string Authorities, string? AuthorityKey, string Certificate, string Key)
{
    /// <summary>An authority, and a certificate of it.</summary>
    public static CertificateSet Create(CertificatePlan plan, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = NewAuthority(plan.Authority(now), key);
        var (certificate, servingKey) = Sign(authority, plan.Serving(now, plan.Authority(now)), names);
        return new CertificateSet(authority.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem(), certificate, servingKey);
    }

    /// <summary>With one more authority; what is served stays.</summary>
    public CertificateSet AddAuthority(CertificatePlan plan, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = NewAuthority(plan.Authority(now), key);
        return this with { Authorities = Valid(now) + authority.ExportCertificatePem() + "\n", AuthorityKey = key.ExportPkcs8PrivateKeyPem() };
    }

    /// <summary>With a new certificate of the newest authority.</summary>
    public CertificateSet Renew(CertificatePlan plan, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var all = Read(Authorities);
        using var authority = X509Certificate2.CreateFromPem(all[^1].ExportCertificatePem(), AuthorityKey);
        var (certificate, key) = Sign(authority, plan.Serving(now, ValidityOf(authority)), names);
        return this with { Authorities = Valid(now), Certificate = certificate, Key = key };
    }

    /// <summary>Without authorities that have expired.</summary>
    public CertificateSet DropExpired(DateTimeOffset now) => this with { Authorities = Valid(now) };

    /// <summary>What a plan needs to know; null where it is no use.</summary>
    public CertificateState? Describe(IReadOnlyList<string> names)
    {
        try
        {
            var authorities = Read(Authorities);
            using var serving = X509Certificate2.CreateFromPem(Certificate, Key);
            if (authorities.Count == 0 || !HoldsKeyOf(authorities[^1]))
                return null;
            return new CertificateState(
                [.. authorities.Select(ValidityOf)], ValidityOf(serving), IsSignedBy(serving, authorities[^1]), names.All(name => serving.MatchesHostname(name)));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The certificate with its key, to serve.</summary>
    /// <exception cref="CryptographicException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">The key is not that of the certificate.</exception>
    public X509Certificate2 ToServe() => X509Certificate2.CreateFromPem(Certificate, Key);

    public static Validity ValidityOf(X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());

    private static X509Certificate2Collection Read(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return all;
    }

    private string Valid(DateTimeOffset now) =>
        string.Concat(Read(Authorities).Where(authority => ValidityOf(authority).Until > now).Select(static authority => authority.ExportCertificatePem() + "\n"));

    private bool HoldsKeyOf(X509Certificate2 authority)
    {
        if (AuthorityKey is null)
            return false;
        using var key = ECDsa.Create();
        key.ImportFromPem(AuthorityKey);
        using var known = authority.GetECDsaPublicKey();
        return known is not null && known.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());
    }

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        var wanted = authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes;
        var found = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        return wanted is { } id && found is { } issuer && id.Span.SequenceEqual(issuer.Span);
    }

    private static X509Certificate2 NewAuthority(Validity validity, ECDsa key)
    {
        // The name is new each time, so that a chain is never built to an older authority of the same name.
        var request = new CertificateRequest($"CN=operatorkit-webhooks-{RandomNumberGenerator.GetHexString(8, lowercase: true)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(validity.From, validity.Until);
    }

    private static (string Certificate, string Key) Sign(X509Certificate2 authority, Validity validity, IReadOnlyList<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=webhooks", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var from = validity.From > authority.NotBefore.ToUniversalTime() ? validity.From : authority.NotBefore.ToUniversalTime();
        using var certificate = request.Create(authority, from, validity.Until, RandomNumberGenerator.GetBytes(16));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
