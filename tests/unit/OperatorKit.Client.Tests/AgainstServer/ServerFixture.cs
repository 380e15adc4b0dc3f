using OperatorKit.ApiServer;

namespace OperatorKit.Client.Tests;

/// <summary>An API server in this process, reached over a loopback socket as any other.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private KubernetesApiServer? _server;

    public KubernetesClient Client { get; private set; } = null!;

    public KubernetesApiServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await KubernetesApiServer.StartAsync();
        Client = new KubernetesClient(ClusterConnection.ParseKubeconfig(_server.Kubeconfig()));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }
}
