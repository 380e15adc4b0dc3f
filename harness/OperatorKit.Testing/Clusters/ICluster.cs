using OperatorKit.ApiServer;
using OperatorKit.Client;

namespace OperatorKit.Testing.Clusters;

/// <summary>A cluster that runs until it is disposed.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>How to reach it, with every right.</summary>
    ClusterConnection Connection { get; }

    /// <summary>What sends requests, where that is not a socket.</summary>
    HttpMessageHandler? Handler { get; }

    /// <summary>A kubeconfig, as text.</summary>
    string Kubeconfig { get; }

    /// <summary>The server itself, where it is in this process.</summary>
    KubernetesApiServer? Server => null;

    /// <summary>Whether Deployments and ReplicaSets get pods, and objects without their owner go.</summary>
    bool HasWorkloads { get; }
}
