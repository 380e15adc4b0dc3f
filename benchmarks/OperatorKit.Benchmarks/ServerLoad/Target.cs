using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OperatorKit.ApiServer;
using OperatorKit.Client;

namespace OperatorKit.Benchmarks.ServerLoad;

/// <summary>An API server to measure, and a plain HTTP client to it that takes little of the machine itself.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly KubernetesApiServer? _server;

    private Target(string name, HttpClient client, KubernetesApiServer? server)
    {
        (Name, Client, _server) = (name, client, server);
        Client.Timeout = TimeSpan.FromMinutes(5);
    }

    public string Name { get; }

    public HttpClient Client { get; }

    /// <summary>A new server of ours in this process, over its socket or without one.</summary>
    public static async Task<Target> EmbeddedAsync(bool socket)
    {
        var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = socket, TimelineLength = 0 });
        var client = new HttpClient(socket ? new SocketsHttpHandler() : server.CreateHandler()) { BaseAddress = server.Address };
        return new Target(socket ? "ours, HTTP" : "ours, in memory", client, server);
    }

    /// <summary>The server of a kubeconfig: one with a token or a client certificate.</summary>
    public static Target Of(string kubeconfig)
    {
        var connection = ClusterConnection.FromKubeconfig(kubeconfig);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || (certificate is X509Certificate2 given && IsIssued(given, connection));
        if (connection.Credentials.ClientCertificate is { } own)
            handler.SslOptions.ClientCertificates = [own];
        var client = new HttpClient(handler) { BaseAddress = connection.Server };
        if (connection.Credentials.Token is { } token)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Target(connection.Server.Authority, client, null);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static bool IsIssued(X509Certificate2 certificate, ClusterConnection connection)
    {
        if (connection.SkipTlsVerify)
            return true;
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(connection.CertificateAuthorities ?? []);
        return chain.Build(certificate);
    }
}
