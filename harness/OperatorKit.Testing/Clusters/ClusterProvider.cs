namespace OperatorKit.Testing;

/// <summary>What a <see cref="TestCluster"/> runs on.</summary>
public enum ClusterProvider
{
    /// <summary>The API server of OperatorKit in this process: nothing to install, ready in milliseconds.</summary>
    Embedded,

    /// <summary>A real etcd and kube-apiserver from <c>KUBEBUILDER_ASSETS</c>, without controllers: no garbage collection, no pods.</summary>
    EnvTest,

    /// <summary>The cluster that <c>KUBECONFIG</c> names.</summary>
    Existing,

    /// <summary>k3s in a container; compiled in with <c>-p:Cluster=k3s</c> only.</summary>
    K3s,
}
