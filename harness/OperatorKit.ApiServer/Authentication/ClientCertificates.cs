using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>
/// Takes the subject of a client certificate for the user: the common name is the user's, each organization a group.
/// See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates.
/// </summary>
internal sealed class ClientCertificates(X509Certificate2Collection authorities, TimeProvider clock) : IDisposable
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";
    private const string UserId = "1.3.6.1.4.1.57683.2";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // A connection keeps its certificate, and carries many requests.
    private readonly ConditionalWeakTable<ClientCertificate, Verified> _verified = [];

    /// <summary>The authorities of a PEM file.</summary>
    /// <exception cref="FormatException">There is no certificate in it, or one that cannot be read.</exception>
    public static X509Certificate2Collection ReadAuthorities(string pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"The file of client certificate authorities cannot be read: {e.Message}", e);
        }

        return authorities.Count > 0
            ? authorities
            : throw new FormatException("The file of client certificate authorities holds no certificate. Give one or more in PEM form.");
    }

    /// <summary>
    /// Whether an authority vouches for the certificate now. The user whom it names is null where it names none:
    /// such a certificate says nothing about its owner, which is no reason to refuse them.
    /// </summary>
    public bool TryFind(ClientCertificate shown, out UserInfo? user)
    {
        var now = clock.GetUtcNow();
        user = null;
        if (!_verified.TryGetValue(shown, out var verified))
        {
            if (Verify(shown, now) is not { } found)
                return false;
            _verified.AddOrUpdate(shown, verified = found);
        }

        if (now < verified.From || verified.To < now)
            return false;
        user = verified.User;
        return true;
    }

    public void Dispose()
    {
        foreach (var authority in authorities)
            authority.Dispose();
    }

    private Verified? Verify(ClientCertificate shown, DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = now.UtcDateTime,
                DisableCertificateDownloads = true,
                // An authority need not be a root: whether the chain comes to one is asked below.
                VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(shown.Intermediates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        if (!chain.Build(shown.Certificate) || Subject(shown.Certificate, UserId).Count > 1)
            return null;
        var links = chain.ChainElements.Select(static element => element.Certificate).ToList();
        var authority = links.FindIndex(link => authorities.Any(trusted => trusted.RawDataMemory.Span.SequenceEqual(link.RawDataMemory.Span)));
        if (authority < 0)
            return null;
        links = links[..(authority + 1)];
        return new Verified(UserOf(shown.Certificate), links.Max(static link => link.NotBefore), links.Min(static link => link.NotAfter));
    }

    private static UserInfo? UserOf(X509Certificate2 certificate)
    {
        if (Subject(certificate, CommonName) is not [.., { Length: > 0 } name])
            return null;
        return new UserInfo(name, [.. Subject(certificate, Organization)])
        {
            Uid = Subject(certificate, UserId).SingleOrDefault() ?? "",
            Extra = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add(
                UserInfo.CredentialId,
                [$"X509SHA256={certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()}"]),
        };
    }

    /// <summary>The values of an attribute, in the order of the subject.</summary>
    private static List<string> Subject(X509Certificate2 certificate, string attribute) =>
    [
        .. certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == attribute)
            .Select(static name => name.GetSingleElementValue() ?? ""),
    ];

    /// <summary>Whom a certificate names, and the time in which every certificate of the chain is valid.</summary>
    private sealed record Verified(UserInfo? User, DateTimeOffset From, DateTimeOffset To);
}
