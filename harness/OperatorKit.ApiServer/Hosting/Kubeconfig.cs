using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OperatorKit.ApiServer.Hosting;

/// <summary>Writes a kubeconfig with one cluster, one user and one context.</summary>
internal static class Kubeconfig
{
    public static string Write(string server, string? authority, IReadOnlyCollection<(string Name, string Value)> credentials)
    {
        var text = new StringBuilder()
            .Append("apiVersion: v1\nkind: Config\nclusters:\n- name: operatorkit\n  cluster:\n")
            .Append("    server: ").Append(server).Append('\n');
        if (authority is not null)
            text.Append("    certificate-authority-data: ").Append(Data(authority)).Append('\n');
        text.Append("users:\n- name: operatorkit\n  user:").Append(credentials.Count == 0 ? " {}\n" : "\n");
        foreach (var (name, value) in credentials)
            text.Append("    ").Append(name).Append(": \"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"\n");
        return text.Append("contexts:\n- name: operatorkit\n  context:\n    cluster: operatorkit\n    user: operatorkit\ncurrent-context: operatorkit\n").ToString();
    }

    /// <summary>PEM as the members that end in <c>-data</c> hold it.</summary>
    public static string Data(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));

    /// <summary>The private key of a certificate, in PEM.</summary>
    /// <exception cref="ArgumentException">There is none of a kind that clients of Kubernetes can read.</exception>
    public static string KeyOf(X509Certificate2 certificate)
    {
        using var elliptic = certificate.GetECDsaPrivateKey();
        using var rsa = elliptic is null ? certificate.GetRSAPrivateKey() : null;
        return elliptic?.ExportPkcs8PrivateKeyPem() ?? rsa?.ExportPkcs8PrivateKeyPem()
            ?? throw new ArgumentException("The certificate has no RSA or ECDSA private key. Give one that was made or loaded with its key.", nameof(certificate));
    }
}
