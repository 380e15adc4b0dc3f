using OperatorKit.Client;

namespace OperatorKit.Testing.Clusters;

/// <summary>A cluster that somebody else runs. Only one that is named is touched: <c>~/.kube/config</c> is not looked at.</summary>
internal sealed class ExistingCluster : ICluster
{
    private readonly string _path;

    private ExistingCluster(string path)
    {
        _path = path;
        Connection = ClusterConnection.FromKubeconfig(path);
    }

    public ClusterConnection Connection { get; }

    public HttpMessageHandler? Handler => null;

    public string Kubeconfig => File.ReadAllText(_path);

    public bool HasWorkloads => true;

    public static ExistingCluster Start(string? kubeconfig) => string.IsNullOrEmpty(kubeconfig)
        ? throw new KubeconfigException("OPERATORKIT_CLUSTER=existing takes the cluster from KUBECONFIG, which is not set: KUBECONFIG=/path/to/config dotnet test")
        : new ExistingCluster(kubeconfig);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
