using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>What the server is and which kinds it serves.</summary>
public sealed class DiscoveryClient
{
    private readonly ApiTransport _transport;

    internal DiscoveryClient(ApiTransport transport) => _transport = transport;

    /// <summary>Reads the version of the server.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version.</returns>
    public Task<VersionInfo> GetVersionAsync(CancellationToken cancellationToken = default) => GetAsync<VersionInfo>("/version", cancellationToken);

    /// <summary>Reads the API groups, without the core group.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The groups with their versions.</returns>
    public async Task<IReadOnlyList<V1APIGroup>> ListGroupsAsync(CancellationToken cancellationToken = default) =>
        [.. (await GetAsync<V1APIGroupList>("/apis", cancellationToken)).Groups ?? []];

    /// <summary>Reads the kinds of a group and version.</summary>
    /// <param name="apiVersion">As in <c>apps/v1</c>, or <c>v1</c> for the core group.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The kinds; none when the server does not serve the group and version.</returns>
    public async Task<IReadOnlyList<ResourceDefinition>> ListResourcesAsync(string apiVersion, CancellationToken cancellationToken = default)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        try
        {
            var list = await GetAsync<V1APIResourceList>(slash < 0 ? "/api/" + apiVersion : "/apis/" + apiVersion, cancellationToken);
            return Definitions(slash < 0 ? "" : apiVersion[..slash], apiVersion[(slash + 1)..], list.Resources ?? []);
        }
        catch (NotFoundException)
        {
            return [];
        }
    }

    /// <summary>Finds a kind.</summary>
    /// <param name="apiVersion">As in <c>apps/v1</c>, or <c>v1</c> for the core group.</param>
    /// <param name="kind">As in <c>ReplicaSet</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The kind; null when the server does not serve it.</returns>
    public async Task<ResourceDefinition?> FindAsync(string apiVersion, string kind, CancellationToken cancellationToken = default) =>
        (await ListResourcesAsync(apiVersion, cancellationToken)).FirstOrDefault(definition => definition.Kind == kind);

    private static List<ResourceDefinition> Definitions(string group, string version, IList<V1APIResource> resources)
    {
        var names = resources.Select(resource => resource.Name).ToHashSet(StringComparer.Ordinal);
        List<ResourceDefinition> definitions = [];
        foreach (var resource in resources.Where(resource => resource.Name?.Contains('/', StringComparison.Ordinal) == false))
        {
            definitions.Add(new ResourceDefinition
            {
                Group = group,
                Version = version,
                Kind = resource.Kind ?? "",
                Plural = resource.Name!,
                Scope = resource.Namespaced == true ? ResourceScope.Namespaced : ResourceScope.Cluster,
                HasStatus = names.Contains(resource.Name + "/status"),
                HasScale = names.Contains(resource.Name + "/scale"),
            });
        }

        return definitions;
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : IJsonModel<T>
    {
        var request = new ApiRequest { Method = HttpMethod.Get, Path = path, Verb = "get", IsRepeatable = true };
        using var body = await _transport.SendAsync(request, cancellationToken);
        return ObjectBody.Read<T>(body.Span, request);
    }
}
