namespace OperatorKit.Client;

/// <summary>Makes a connection of what a kubeconfig says about a context.</summary>
internal static class KubeconfigConnection
{
    public static ClusterConnection Of(Kubeconfig config, string? contextName)
    {
        var name = contextName ?? config.CurrentContext;
        if (string.IsNullOrEmpty(name))
        {
            throw new KubeconfigException(
                $"{config.Source} has no current-context. Choose one of {Names(config)}: kubectl config use-context NAME, or name it in the call.");
        }

        var context = config.Context(name) ?? throw new KubeconfigException(
            $"{config.Source} has no context {name}. It has {Names(config)}: kubectl config use-context NAME");
        var clusterName = context.Body?.Text("cluster") ?? "";
        var cluster = config.Cluster(clusterName) is { Body: { } body } entry ? (Entry: entry, Body: body) : throw new KubeconfigException(
            $"Context {name} of {config.Source} names cluster {Quote(clusterName)}, which is not there. Set it: kubectl config set-cluster {clusterName} --server=https://HOST:PORT");
        var userName = context.Body?.Text("user");
        var user = string.IsNullOrEmpty(userName) ? null : config.User(userName) ?? throw new KubeconfigException(
            $"Context {name} of {config.Source} names user {Quote(userName)}, which is not there. Set it: kubectl config set-credentials {userName} ...");
        var connection = new ClusterConnection
        {
            Server = Server(cluster.Body),
            Source = $"context {name} of {config.Source}",
            Namespace = context.Body?.Text("namespace") is { Length: > 0 } home ? home : "default",
            CertificateAuthorities = Certificates.Authorities(cluster.Entry),
            CertificateAuthorityFile = cluster.Body.Text("certificate-authority-data") is { Length: > 0 } ? null : cluster.Entry.PathOf("certificate-authority"),
            SkipTlsVerify = cluster.Body.Flag("insecure-skip-tls-verify"),
            TlsServerName = cluster.Body.Text("tls-server-name") is { Length: > 0 } host ? host : null,
            Proxy = Proxy(cluster.Body),
            DisableCompression = cluster.Body.Flag("disable-compression"),
        };
        return user?.Body is null
            ? connection
            : connection with { Credentials = KubeconfigUser.Credentials(user, cluster.Body), Impersonation = KubeconfigUser.Impersonation(user) };
    }

    private static Uri Server(KubeconfigYaml cluster)
    {
        var text = cluster.Text("server");
        if (string.IsNullOrEmpty(text))
        {
            throw cluster.Wrong("the cluster has no server");
        }

        // kubectl takes a server without a scheme as plain http.
        var server = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        return Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw cluster.Wrong($"server {Quote(text)} is not a URL such as https://127.0.0.1:6443");
    }

    private static Uri? Proxy(KubeconfigYaml cluster)
    {
        if (cluster.Text("proxy-url") is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "socks5"
            ? uri
            : throw cluster.Wrong($"proxy-url {Quote(text)} is not a URL that starts with http, https or socks5");
    }

    private static string Names(Kubeconfig config)
    {
        var names = string.Join(", ", config.ContextNames);
        return names.Length == 0 ? "no contexts" : names;
    }

    private static string Quote(string text) => $"'{text}'";
}
