using System.Net;
using System.Net.Sockets;
using OperatorKit.Client;
using OperatorKit.Testing.Clusters;

namespace OperatorKit.Testing.EnvTest;

/// <summary>A real etcd and kube-apiserver as Go's envtest runs them: no controllers, no nodes.</summary>
internal sealed class EnvTestCluster : ICluster
{
    private const int Attempts = 5;

    private readonly ControlPlaneFiles _files;
    private readonly ControlPlaneProcess _etcd;
    private readonly ControlPlaneProcess _apiServer;

    private EnvTestCluster(ControlPlaneFiles files, ControlPlaneProcess etcd, ControlPlaneProcess apiServer, string kubeconfig)
    {
        _files = files;
        _etcd = etcd;
        _apiServer = apiServer;
        Kubeconfig = kubeconfig;
        Connection = ClusterConnection.ParseKubeconfig(kubeconfig) with { Source = "envtest" };
    }

    public ClusterConnection Connection { get; }

    public HttpMessageHandler? Handler => null;

    public string Kubeconfig { get; }

    public bool HasWorkloads => false;

    public static async Task<EnvTestCluster> StartAsync(EnvTestAssets assets, CancellationToken cancellationToken)
    {
        // Another process may take a port between its choice and its use.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnceAsync(assets, cancellationToken);
            }
            catch (InvalidOperationException exception) when (attempt < Attempts && exception.Message.Contains("address already in use", StringComparison.Ordinal))
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _apiServer.DisposeAsync();
        await _etcd.DisposeAsync();
        _files.Dispose();
    }

    private static async Task<EnvTestCluster> StartOnceAsync(EnvTestAssets assets, CancellationToken cancellationToken)
    {
        var files = new ControlPlaneFiles();
        ControlPlaneProcess? etcd = null;
        ControlPlaneProcess? apiServer = null;
        try
        {
            var (storage, peers, server) = (FreePort(), FreePort(), FreePort());
            etcd = ControlPlaneProcess.Start(assets.Etcd, ControlPlaneArguments.Etcd(files, storage, peers), files.Directory);
            await etcd.WaitUntilReadyAsync(token => IsHealthyAsync(new Uri($"http://127.0.0.1:{storage}/health"), token), cancellationToken);
            apiServer = ControlPlaneProcess.Start(assets.ApiServer, ControlPlaneArguments.ApiServer(files, storage, server), files.Directory);
            var kubeconfig = files.Kubeconfig(new Uri($"https://127.0.0.1:{server}"));
            using var client = new KubernetesClient(ClusterConnection.ParseKubeconfig(kubeconfig), new KubernetesClientOptions { MaxRetries = 0 });
            await apiServer.WaitUntilReadyAsync(token => IsServingAsync(client, token), cancellationToken);
            return new EnvTestCluster(files, etcd, apiServer, kubeconfig);
        }
        catch
        {
            await (apiServer?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (etcd?.DisposeAsync() ?? ValueTask.CompletedTask);
            files.Dispose();
            throw;
        }
    }

    private static async Task<bool> IsHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The default namespace comes last of what a server makes for itself.
    private static async Task<bool> IsServingAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Namespaces().FindAsync("default", cancellationToken) is not null;
        }
        catch (KubernetesException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
