namespace OperatorKit.Client;

/// <summary>
/// A connection pool to one cluster, and the way to its resources. Thread-safe; one a cluster is enough.
/// </summary>
public sealed class KubernetesClient : IDisposable
{
    private readonly ApiTransport _transport;

    /// <summary>Creates a client; nothing is sent until it is used.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="options">How the client behaves; null takes the defaults.</param>
    public KubernetesClient(ClusterConnection connection, KubernetesClientOptions? options = null) =>
        _transport = new ApiTransport(connection, options ?? new KubernetesClientOptions());

    /// <summary>The cluster.</summary>
    public ClusterConnection Connection => _transport.Connection;

    /// <summary>The objects of a kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="namespace">Their namespace; null is all namespaces, and the only choice for a kind of the cluster.</param>
    /// <returns>A client for the kind; it costs nothing and needs no disposing.</returns>
    public ResourceClient<T> Resource<T>(string? @namespace = null)
        where T : class, IKubernetesResource<T> => new(_transport, T.Definition, @namespace);

    /// <summary>Closes the connections; requests under way fail.</summary>
    public void Dispose() => _transport.Dispose();
}
