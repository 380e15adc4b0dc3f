using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer;

/// <summary>The objects of a server as they were right after one write. From <see cref="KubernetesApiServer.At"/>.</summary>
public sealed class PastState
{
    private readonly ApiOperations _operations;

    internal PastState(ApiOperations operations, long revision)
    {
        _operations = operations;
        Revision = revision;
    }

    /// <summary>The resource version of that write.</summary>
    public long Revision { get; }

    /// <summary>The object as JSON, or null when there was none.</summary>
    /// <param name="group">The API group; "" for the core group.</param>
    /// <param name="resource">The resource in plural.</param>
    /// <param name="namespace">The namespace; null for cluster-scoped objects.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidOperationException">The resource is not served, or its history does not reach back that far.</exception>
    public string? Get(string group, string resource, string? @namespace, string name) =>
        Table(group, resource).Find(@namespace, name) is { } stored ? JsonText.ToCompactString(stored.Value) : null;

    /// <summary>The objects as JSON, ordered by namespace and name.</summary>
    /// <param name="group">The API group; "" for the core group.</param>
    /// <param name="resource">The resource in plural.</param>
    /// <param name="namespace">The namespace; null for all of them.</param>
    /// <exception cref="InvalidOperationException">The resource is not served, or its history does not reach back that far.</exception>
    public IReadOnlyList<string> List(string group, string resource, string? @namespace = null) =>
        [.. Table(group, resource).In(@namespace).Select(static stored => JsonText.ToCompactString(stored.Value))];

    private Storage.ObjectTable Table(string group, string resource)
    {
        var type = _operations.Registry.Current.Find(group, resource)
            ?? throw new InvalidOperationException($"The server does not serve {new GroupResource(group, resource)}. Give the plural name and the group, such as \"deployments\" of \"apps\".");
        return _operations.Store.ReadAt(type.Storage, Revision)
            ?? throw new InvalidOperationException($"The history of {type.Resource} does not reach back to {Revision}. Start the server with a longer {nameof(ApiServerOptions)}.{nameof(ApiServerOptions.HistoryLength)}.");
    }
}
