namespace OperatorKit.Client.Tests;

/// <summary>An API server in this process, reached over a loopback socket as any other.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private ApiServer.ApiServer? _server;

    public KubernetesClient Client { get; private set; } = null!;

    public ApiServer.ApiServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.ApiServer.StartAsync();
        Client = new KubernetesClient(ClusterConnection.ParseKubeconfig(_server.Kubeconfig()));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
    }
}
