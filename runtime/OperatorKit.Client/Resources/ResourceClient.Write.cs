using OperatorKit.Models;

namespace OperatorKit.Client;

public sealed partial class ResourceClient<T>
{
    /// <summary>Creates an object.</summary>
    /// <param name="resource">The object. Without a namespace it goes into the client's.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it.</returns>
    /// <exception cref="AlreadyExistsException">There is one of this name.</exception>
    public Task<T> CreateAsync(T resource, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var body = ObjectWriter.Write(writer => T.WriteJson(writer, resource));
        var request = Request(HttpMethod.Post, "create", null, query: Query(options), @namespace: HomeOf(resource.Metadata.NamespaceProperty));
        return SendAsync<T>(request with { ContentType = MediaTypes.Json, Body = body }, cancellationToken);
    }

    /// <summary>
    /// Makes the object as given, whether it is there or not, by server-side apply. Members that are null are left as they are; the
    /// status and metadata that belong to the server are not sent.
    /// </summary>
    /// <param name="resource">The object. Without a namespace it goes into the client's.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it.</returns>
    /// <exception cref="ConflictException">Another field manager owns a field, and <see cref="ApplyOptions.Force"/> is not set.</exception>
    public Task<T> ApplyAsync(T resource, ApplyOptions? options = null, CancellationToken cancellationToken = default) =>
        ApplyAsync(NameOf(resource), resource.Metadata.NamespaceProperty, ApplyBody.OfMain(resource, Definition), null, options, cancellationToken);

    /// <summary>Makes what the configuration says, whether the object is there or not, by server-side apply. Members that are not set are left as they are.</summary>
    /// <param name="configuration">What is wanted, in the namespace of this client.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it.</returns>
    /// <exception cref="ConflictException">Another field manager owns a field, and <see cref="ApplyOptions.Force"/> is not set.</exception>
    public Task<T> ApplyAsync(IApplyConfiguration<T> configuration, ApplyOptions? options = null, CancellationToken cancellationToken = default) =>
        ApplyAsync(configuration.Name, null, ObjectWriter.Write(configuration.WriteJson), null, options, cancellationToken);

    /// <summary>
    /// Writes the status of an object by server-side apply. The object must be there: with its <c>metadata.uid</c>, a new one of the same name is
    /// a <see cref="ConflictException"/>.
    /// </summary>
    /// <param name="resource">The object with its new status.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it.</returns>
    public Task<T> ApplyStatusAsync(T resource, ApplyOptions? options = null, CancellationToken cancellationToken = default) =>
        ApplyAsync(NameOf(resource), resource.Metadata.NamespaceProperty, ApplyBody.OfStatus(resource, Definition), "status", options, cancellationToken);

    /// <summary>Changes an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The change.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it.</returns>
    public Task<T> PatchAsync(string name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        PatchAsync<T>(name, null, patch, options, cancellationToken);

    /// <summary>Changes the status of an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The change, as in <c>{"status":{"phase":"Done"}}</c>.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object as the server has stored it.</returns>
    public Task<T> PatchStatusAsync(string name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        PatchAsync<T>(name, "status", patch, options, cancellationToken);

    /// <summary>Sets how many replicas are wanted, through the scale subresource.</summary>
    /// <param name="name">The object's name.</param>
    /// <param name="replicas">How many.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The scale as the server has stored it.</returns>
    public Task<V1Scale> ScaleAsync(string name, int replicas, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        PatchAsync<V1Scale>(name, "scale", Patch.Merge($$$"""{"spec":{"replicas":{{{replicas}}}}}"""), options, cancellationToken);

    internal Task<T> ApplyAsync(
        string name, string? @namespace, ReadOnlyMemory<byte> body, string? subresource, ApplyOptions? options, CancellationToken cancellationToken)
    {
        var query = Query(options, new QueryString().AddTrue("force", options?.Force == true));
        var request = Request(HttpMethod.Patch, "patch", name, subresource, query, HomeOf(@namespace));
        return SendAsync<T>(request with { ContentType = MediaTypes.Apply, Body = body, IsRepeatable = true }, cancellationToken);
    }

    private Task<TModel> PatchAsync<TModel>(string name, string? subresource, Patch patch, WriteOptions? options, CancellationToken cancellationToken)
        where TModel : IJsonModel<TModel>
    {
        var request = Request(HttpMethod.Patch, "patch", name, subresource, Query(options));
        return SendAsync<TModel>(request with { ContentType = patch.ContentType, Body = patch.Body }, cancellationToken);
    }

    private string Query(WriteOptions? options, QueryString query = default) => query
        .Add("fieldManager", options?.FieldManager ?? _transport.Options.FieldManager)
        .Add("dryRun", options?.DryRun == true ? "All" : null)
        .Add("fieldValidation", options?.FieldValidation?.ToString())
        .ToString();

    private string? HomeOf(string? @namespace)
    {
        if (@namespace is not null && Namespace is not null && @namespace != Namespace)
        {
            throw new ArgumentException(
                $"The object names namespace {@namespace} and the client is for {Namespace}: use a client for that namespace, or leave it out of the object.");
        }

        if (@namespace is null && Namespace is null)
        {
            RequireNamespace();
        }

        return @namespace ?? Namespace;
    }

    private string NameOf(T resource) =>
        resource.Metadata.Name is { Length: > 0 } name ? name : throw new ArgumentException($"The {Definition.Kind} has no metadata.name; an apply needs one.");
}
