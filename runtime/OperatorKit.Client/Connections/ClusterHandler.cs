using System.Net;
using System.Net.Security;

namespace OperatorKit.Client;

/// <summary>Makes the connection pool of a cluster.</summary>
internal static class ClusterHandler
{
    public static SocketsHttpHandler Create(ClusterConnection connection, Authorization authorization, KubernetesClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // Watches last: one HTTP/2 connection takes about a hundred requests at a time.
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            // A watch on a dead connection is noticed by its missing ping.
            KeepAlivePingDelay = options.KeepAlivePingDelay,
            KeepAlivePingTimeout = options.KeepAlivePingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = Tls(connection, authorization, options.TimeProvider),
        };
        if (connection.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { BypassProxyOnLocal = false };
        }
        else if (EnvironmentProxy.Exceptions is { } exceptions)
        {
            handler.Proxy = new EnvironmentProxy(HttpClient.DefaultProxy, exceptions);
        }

        return handler;
    }

    private static SslClientAuthenticationOptions Tls(ClusterConnection connection, Authorization authorization, TimeProvider timeProvider)
    {
        var options = new SslClientAuthenticationOptions();
        if (authorization.HasClientCertificate)
        {
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => authorization.ClientCertificate!;
        }

        if (connection.SkipTlsVerify)
        {
#pragma warning disable CA5359 // What the user has asked for.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (connection.CertificateAuthorityFile is { } path)
        {
            var file = new AuthorityFile(path, timeProvider);
            options.CertificateChainPolicy = AuthorityFile.Policy();
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => file.Trusts(certificate, chain, errors);
        }
        else if (connection.CertificateAuthorities is { } authorities)
        {
            options.CertificateChainPolicy = AuthorityFile.Policy();
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return options;
    }
}
