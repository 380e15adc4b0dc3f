using OperatorKit.Client;
using OperatorKit.Testing.Clusters;
using Testcontainers.K3s;

namespace OperatorKit.Testing.K3s;

/// <summary>k3s in a container of this test. Needs a container runtime that allows privileged containers.</summary>
internal sealed class K3sCluster : ICluster
{
    private const string DefaultImage = "rancher/k3s:v1.33.1-k3s1";

    private readonly K3sContainer _container;

    private K3sCluster(K3sContainer container, string kubeconfig)
    {
        _container = container;
        Kubeconfig = kubeconfig;
        Connection = ClusterConnection.ParseKubeconfig(kubeconfig) with { Source = "the k3s container" };
    }

    public ClusterConnection Connection { get; }

    public HttpMessageHandler? Handler => null;

    public string Kubeconfig { get; }

    public bool HasWorkloads => true;

    public static async Task<K3sCluster> StartAsync(TestClusterOptions options, CancellationToken cancellationToken)
    {
        var image = options.K3sImage ?? Environment.GetEnvironmentVariable("OPERATORKIT_K3S_IMAGE") ?? DefaultImage;
        var container = new K3sBuilder(image).Build();
        try
        {
            await container.StartAsync(cancellationToken);
            return new K3sCluster(container, await container.GetKubeconfigAsync());
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
