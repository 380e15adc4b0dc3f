using System.Security.Cryptography;

namespace OperatorKit.Client;

public sealed partial record ClusterConnection
{
    private const string ServiceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>
    /// Finds the cluster as other operators do: the files in <c>KUBECONFIG</c>; inside a pod, its service account; else <c>~/.kube/config</c>.
    /// </summary>
    /// <param name="context">The context of the kubeconfig. Default: its current one.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="KubeconfigException">There is none, or it is wrong; the message names file and line.</exception>
    public static ClusterConnection Default(string? context = null)
    {
        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } list)
        {
            var paths = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
            return KubeconfigConnection.Of(Kubeconfig.Read(paths), context);
        }

        return context is null && IsInCluster
            ? InCluster()
            : FromKubeconfig(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config"), context);
    }

    /// <summary>Reads a kubeconfig file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">The context. Default: the current one of the file.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="KubeconfigException">The file is missing or wrong; the message names file and line.</exception>
    public static ClusterConnection FromKubeconfig(string path, string? context = null) => KubeconfigConnection.Of(Kubeconfig.Read([path]), context);

    /// <summary>Reads a kubeconfig that is not in a file. Relative paths in it start at the current directory.</summary>
    /// <param name="yaml">The kubeconfig.</param>
    /// <param name="context">The context. Default: the current one of the kubeconfig.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="KubeconfigException">The kubeconfig is wrong; the message names the line.</exception>
    public static ClusterConnection ParseKubeconfig(string yaml, string? context = null) =>
        KubeconfigConnection.Of(Kubeconfig.Parse("kubeconfig", Environment.CurrentDirectory, yaml), context);

    /// <summary>Takes the service account of the pod that this process runs in; its token and its authorities are read again as they rotate.</summary>
    /// <returns>The connection.</returns>
    /// <exception cref="KubeconfigException">The process does not run in a pod, or the pod mounts no service account token.</exception>
    public static ClusterConnection InCluster() => InCluster(
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"), ServiceAccountDirectory);

    internal static ClusterConnection InCluster(string? host, string? port, string directory)
    {
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
        {
            throw new KubeconfigException("This process does not run in a pod: KUBERNETES_SERVICE_HOST is not set. Outside a cluster, set KUBECONFIG.");
        }

        var token = Path.Combine(directory, "token");
        if (!File.Exists(token))
        {
            throw new KubeconfigException($"The pod has no service account token at {token}. Set automountServiceAccountToken: true and serviceAccountName in its spec.");
        }

        try
        {
            var authorities = Path.Combine(directory, "ca.crt");
            var home = Path.Combine(directory, "namespace");
            return new ClusterConnection
            {
                Server = new UriBuilder(Uri.UriSchemeHttps, host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)).Uri,
                Source = $"the pod's service account in {directory}",
                Namespace = File.Exists(home) ? File.ReadAllText(home).Trim() : "default",
                CertificateAuthorities = Certificates.Authorities(File.ReadAllText(authorities)),
                CertificateAuthorityFile = authorities,
                Credentials = new ClusterCredentials { TokenFile = token },
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            throw new KubeconfigException($"The pod's service account in {directory} cannot be used: {exception.Message.TrimEnd('.')}. Check how it is mounted.", exception);
        }
    }

    private static bool IsInCluster =>
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists(Path.Combine(ServiceAccountDirectory, "token"));
}
