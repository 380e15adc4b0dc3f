using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>The objects of a kind, in one namespace, in all, or in the cluster.</summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed partial class ResourceClient<T>
    where T : class, IKubernetesObject, IJsonModel<T>
{
    private readonly ApiTransport _transport;
    private readonly bool _isMetadataOnly;

    internal ResourceClient(ApiTransport transport, ResourceDefinition definition, string? @namespace, bool isMetadataOnly = false)
    {
        if (@namespace is not null && definition.Scope == ResourceScope.Cluster)
        {
            throw new ArgumentException($"{definition.Kind} objects live in the cluster, outside any namespace: leave the namespace out.", nameof(@namespace));
        }

        _transport = transport;
        _isMetadataOnly = isMetadataOnly;
        Definition = definition;
        Namespace = @namespace;
    }

    /// <summary>What the API calls the kind.</summary>
    public ResourceDefinition Definition { get; }

    /// <summary>The namespace; null for all namespaces, or for a kind of the cluster.</summary>
    public string? Namespace { get; }

    internal ApiTransport Transport => _transport;

    /// <summary>Reads an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object.</returns>
    /// <exception cref="NotFoundException">There is none of this name.</exception>
    public Task<T> GetAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync<T>(Request(HttpMethod.Get, "get", name) with { IsRepeatable = true }, cancellationToken);

    /// <summary>Reads an object that may not be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object; null when there is none of this name.</returns>
    /// <exception cref="NotFoundException">The cluster does not serve the kind.</exception>
    public async Task<T?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(name, cancellationToken);
        }
        catch (NotFoundException exception) when (!exception.IsKindMissing)
        {
            return null;
        }
    }

    /// <summary>Reads the scale of an object: how many replicas are asked for and there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The scale.</returns>
    public Task<V1Scale> GetScaleAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync<V1Scale>(Request(HttpMethod.Get, "get", name, "scale") with { IsRepeatable = true }, cancellationToken);

    internal ApiRequest Request(HttpMethod method, string verb, string? name, string? subresource = null, string query = "", string? @namespace = null)
    {
        var home = @namespace ?? Namespace;
        if (home is null && name is not null)
        {
            RequireNamespace();
        }

        return new ApiRequest
        {
            Method = method,
            Accept = !_isMetadataOnly ? MediaTypes.Json : verb == "list" ? MediaTypes.MetadataList : MediaTypes.Metadata,
            Path = ResourcePath.Of(Definition, home, name, subresource) + query,
            Verb = verb,
            Definition = Definition,
            Namespace = home,
            Name = name,
            Subresource = subresource,
        };
    }

    private void RequireNamespace()
    {
        if (Definition.Scope == ResourceScope.Namespaced)
        {
            throw new InvalidOperationException(
                $"{Definition.Kind} objects live in namespaces and this client is for all of them: name one, as in client.Resource<{typeof(T).Name}>(\"default\").");
        }
    }

    private async Task<TModel> SendAsync<TModel>(ApiRequest request, CancellationToken cancellationToken)
        where TModel : IJsonModel<TModel>
    {
        using var body = await _transport.SendAsync(request, cancellationToken);
        return ObjectBody.Read<TModel>(body.Span, request);
    }
}
