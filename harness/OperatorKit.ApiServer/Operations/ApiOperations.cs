using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

/// <summary>
/// The verbs of the API, without HTTP: what the request pipeline and the server's own controllers call alike.
/// Objects go in and come out in the version of the target. Failures are <see cref="StatusException"/>s.
/// </summary>
internal sealed partial class ApiOperations(Store store, ResourceRegistry registry, TimeProvider clock)
{
    private readonly Dictionary<(GroupResource Resource, string? Subresource), RequestHandler> _handlers = [];

    public Store Store => store;

    public ResourceRegistry Registry => registry;

    public TimeProvider Clock => clock;

    /// <summary>The steps of admission, in order. Filled before the server starts.</summary>
    public List<IAdmission> Admission { get; } = [];

    /// <summary>Takes over a virtual resource (subresource null) or a subresource that is not plain storage.</summary>
    public void Handle(GroupResource resource, string? subresource, RequestHandler handler) => _handlers[(resource, subresource)] = handler;

    public RequestHandler? Handler(GroupResource resource, string? subresource) => _handlers.GetValueOrDefault((resource, subresource));

    /// <summary>The target for a resource in its storage version, for callers inside the server.</summary>
    public ResourceTarget Target(string group, string plural, string? ns = null, string? name = null, string? subresource = null)
    {
        var type = registry.Current.Find(group, plural) ?? throw Failures.NotFound(new GroupResource(group, plural), name ?? "");
        return new ResourceTarget(type, type.StorageVersion, ns, name, subresource);
    }

    public Task<WriteResult> CreateAsync(ResourceTarget target, RequestBody body, RequestContext request, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <exception cref="StatusException">NotFound when there is no such object.</exception>
    public Task<JsonObject> GetAsync(ResourceTarget target, CancellationToken cancellationToken, string resourceVersion = "") =>
        throw new NotImplementedException();

    public Task<ListResult> ListAsync(ResourceTarget target, ListOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Streams events until the timeout of the options, cancellation, or an ERROR event.</summary>
    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceTarget target, ListOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>PUT of the object, of its status or of its scale.</summary>
    public Task<WriteResult> UpdateAsync(ResourceTarget target, RequestBody body, RequestContext request, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public Task<WriteResult> PatchAsync(ResourceTarget target, PatchBody patch, RequestContext request, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The object when it stays (finalizers) or its kind returns it, else a Status.</summary>
    public Task<WriteResult> DeleteAsync(ResourceTarget target, DeleteOptions options, RequestContext request, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Deletes what the selectors match; gives the objects that were deleted.</summary>
    public Task<ListResult> DeleteCollectionAsync(ResourceTarget target, ListOptions selection, DeleteOptions options, RequestContext request, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
