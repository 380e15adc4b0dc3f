using System.Text;
using System.Text.Json.Nodes;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Webhooks.Certificates;

/// <summary>Keeps certificates in a Secret that all replicas share; of two that write at the same time one fails and reads again.</summary>
internal sealed class CertificateSecret(KubernetesClient client, string @namespace, string name)
{
    private readonly ResourceClient<V1Secret> _secrets = client.Resource<V1Secret>(@namespace);

    /// <summary>What is kept, and its version; no certificates where there is no Secret or it holds none.</summary>
    public async Task<(CertificateSet? Certificates, string? Version)> ReadAsync(CancellationToken cancellationToken)
    {
        var secret = await _secrets.FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (secret is null)
            return (null, null);
        return (Text("ca.crt") is { } authorities && Text("tls.crt") is { } certificate && Text("tls.key") is { } key
            ? new CertificateSet(authorities, Text("ca.key"), certificate, key)
            : null, secret.Metadata.ResourceVersion);

        string? Text(string entry) => secret.Data is { } data && data.TryGetValue(entry, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    /// <summary>Keeps certificates in place of those that were read.</summary>
    /// <returns>False where somebody else has written in between.</returns>
    public async Task<bool> WriteAsync(CertificateSet certificates, string? version, CancellationToken cancellationToken)
    {
        try
        {
            if (version is null)
                await _secrets.CreateAsync(SecretOf(certificates), cancellationToken: cancellationToken).ConfigureAwait(false);
            else
                await _secrets.PatchAsync(name, PatchOf(certificates, version), cancellationToken: cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is ConflictException or AlreadyExistsException or NotFoundException { IsKindMissing: false })
        {
            return false;
        }
    }

    private V1Secret SecretOf(CertificateSet certificates) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = @namespace, Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = "OperatorKit" } },
        Type = "kubernetes.io/tls",
        Data = Entries(certificates).ToDictionary(static e => e.Entry, static e => Encoding.UTF8.GetBytes(e.Text)),
    };

    private static Patch PatchOf(CertificateSet certificates, string version)
    {
        var data = new JsonObject();
        foreach (var (entry, text) in Entries(certificates))
            data[entry] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["data"] = data }.ToJsonString());
    }

    private static IEnumerable<(string Entry, string Text)> Entries(CertificateSet certificates) =>
    [
        ("ca.crt", certificates.Authorities),
        ("ca.key", certificates.AuthorityKey ?? ""),
        ("tls.crt", certificates.Certificate),
        ("tls.key", certificates.Key),
    ];
}
