using OperatorKit.ApiServer;
using OperatorKit.Client;

namespace OperatorKit.Testing.Clusters;

/// <summary>OperatorKit's own API server in this process.</summary>
internal sealed class EmbeddedCluster : ICluster
{
    private EmbeddedCluster(KubernetesApiServer server, TestClusterOptions options)
    {
        Server = server;
        HasWorkloads = options.Workloads;
        Handler = options.InMemory ? server.CreateHandler() : null;
        Connection = options.InMemory
            ? new ClusterConnection { Server = server.Address, Source = "the embedded cluster" }
            : ClusterConnection.ParseKubeconfig(server.Kubeconfig()) with { Source = "the embedded cluster" };
    }

    public KubernetesApiServer Server { get; }

    public ClusterConnection Connection { get; }

    public HttpMessageHandler? Handler { get; }

    public string Kubeconfig => Handler is null
        ? Server.Kubeconfig()
        : throw new InvalidOperationException($"A cluster in memory has no address for a kubeconfig: leave {nameof(TestClusterOptions)}.{nameof(TestClusterOptions.InMemory)} out.");

    public bool HasWorkloads { get; }

    public static async Task<EmbeddedCluster> StartAsync(TestClusterOptions options, CancellationToken cancellationToken) => new(
        await KubernetesApiServer.StartAsync(
            new ApiServerOptions { Listen = !options.InMemory, Https = options.Https, Workloads = options.Workloads, Time = options.Time, Seed = options.Seed },
            cancellationToken),
        options);

    public async ValueTask DisposeAsync()
    {
        Handler?.Dispose();
        await Server.DisposeAsync();
    }
}
