using System.Security.Cryptography;
using System.Text;

namespace OperatorKit.Testing.EnvTest;

/// <summary>The temporary directory of a control plane: certificates, keys and data.</summary>
internal sealed class ControlPlaneFiles : IDisposable
{
    private readonly TestAuthority _authority = new();

    public ControlPlaneFiles()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("operatorkit-envtest-").FullName;
        var (certificate, key) = _authority.Server();
        Write("ca.crt", _authority.CertificatePem);
        Write("server.crt", certificate);
        Write("server.key", key);
        using var signing = RSA.Create(2048);
        Write("service-account.key", signing.ExportPkcs8PrivateKeyPem());
        Write("service-account.pub", signing.ExportSubjectPublicKeyInfoPem());
    }

    public string Directory { get; }

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>A kubeconfig of an administrator.</summary>
    public string Kubeconfig(Uri server)
    {
        var (certificate, key) = _authority.User("operatorkit-test", "system:masters");
        return $$"""
            apiVersion: v1
            kind: Config
            current-context: envtest
            clusters:
            - name: envtest
              cluster:
                server: {{server.AbsoluteUri.TrimEnd('/')}}
                certificate-authority-data: {{Base64(_authority.CertificatePem)}}
            contexts:
            - name: envtest
              context: {cluster: envtest, user: admin, namespace: default}
            users:
            - name: admin
              user:
                client-certificate-data: {{Base64(certificate)}}
                client-key-data: {{Base64(key)}}

            """;
    }

    public void Dispose()
    {
        _authority.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
