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

    private KubernetesClient(ApiTransport transport) => _transport = transport;

    /// <summary>The cluster.</summary>
    public ClusterConnection Connection => _transport.Connection;

    /// <summary>What the server is and which kinds it serves.</summary>
    public DiscoveryClient Discovery => field ??= new DiscoveryClient(_transport);

    /// <summary>Calls a function after each request of this client, as <see cref="KubernetesClientOptions.OnRequest"/> does.</summary>
    /// <param name="observer">The function; must be quick, and is called from several threads.</param>
    /// <returns>Ends the observation when disposed.</returns>
    public IDisposable Observe(Action<ClientRequest> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return _transport.Observers.Add(observer);
    }

    /// <summary>The objects of a kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="namespace">Their namespace; null is all namespaces, and the only choice for a kind of the cluster.</param>
    /// <returns>A client for the kind; it costs nothing and needs no disposing.</returns>
    public ResourceClient<T> Resource<T>(string? @namespace = null)
        where T : class, IKubernetesResource<T> => new(_transport, T.Definition, @namespace);

    /// <summary>The objects of a kind that is known at run time only.</summary>
    /// <param name="definition">The kind; <see cref="DiscoveryClient.FindAsync"/> finds one.</param>
    /// <param name="namespace">Their namespace; null is all namespaces, and the only choice for a kind of the cluster.</param>
    /// <returns>A client for the kind.</returns>
    public ResourceClient<DynamicResource> Dynamic(ResourceDefinition definition, string? @namespace = null) => new(_transport, definition, @namespace);

    /// <summary>The metadata of the objects of a kind.</summary>
    /// <param name="definition">The kind.</param>
    /// <param name="namespace">Their namespace; null is all namespaces, and the only choice for a kind of the cluster.</param>
    /// <returns>A client that reads metadata only.</returns>
    public ResourceClient<PartialObjectMetadata> Metadata(ResourceDefinition definition, string? @namespace = null) =>
        new(_transport, definition, @namespace, isMetadataOnly: true);

    /// <summary>The objects of a kind with nothing but their metadata: all other members are empty.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="namespace">Their namespace; null is all namespaces, and the only choice for a kind of the cluster.</param>
    /// <returns>A client that reads metadata only.</returns>
    public ResourceClient<T> MetadataOf<T>(string? @namespace = null)
        where T : class, IKubernetesResource<T> => new(_transport, T.Definition, @namespace, isMetadataOnly: true);

    /// <summary>The same client for a piece of work: when the work is over, its requests are refused, and those under way given up.</summary>
    /// <param name="work">Cancelled when the work is over.</param>
    /// <returns>A client on the same connections; disposing it does nothing.</returns>
    public KubernetesClient BoundTo(CancellationToken work) => new(_transport.BoundTo(work));

    /// <summary>Applies the objects of a YAML or JSON file, in order, by server-side apply; those without a namespace go into <see cref="ClusterConnection.Namespace"/>.</summary>
    /// <param name="manifest">The file's text.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The objects as the server has stored them.</returns>
    /// <exception cref="FormatException">The text is not of Kubernetes objects.</exception>
    /// <exception cref="NotFoundException">The cluster does not serve a kind in it.</exception>
    public async Task<IReadOnlyList<DynamicResource>> ApplyManifestAsync(string manifest, ApplyOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<DynamicResource> applied = [];
        foreach (var resource in Manifest.Parse(manifest))
        {
            var definition = await Discovery.FindAsync(resource.ApiVersion, resource.Kind, cancellationToken) ?? throw new NotFoundException(
                $"The cluster does not serve {resource.Kind} in {resource.ApiVersion}. Install its definition first, or see what is served: kubectl api-resources", null, isKindMissing: true);
            var home = definition.Scope == ResourceScope.Cluster ? null : resource.Metadata.NamespaceProperty ?? Connection.Namespace;
            applied.Add(await Dynamic(definition, home).ApplyAsync(resource, options, cancellationToken));
        }

        return applied;
    }

    internal async Task WaitUntilServedAsync(ResourceDefinition definition, CancellationToken cancellationToken)
    {
        var metadata = Metadata(definition);
        for (var wait = TimeSpan.FromMilliseconds(5); ; wait *= 2)
        {
            try
            {
                await metadata.ListAsync(new ListOptions { Limit = 1 }, cancellationToken);
                return;
            }
            catch (NotFoundException exception) when (exception.IsKindMissing && wait < TimeSpan.FromSeconds(10))
            {
                // The server takes its time by no clock of ours: a virtual one may stand still for as long as this takes.
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Closes the connections; requests under way fail.</summary>
    public void Dispose() => _transport.Dispose();
}
