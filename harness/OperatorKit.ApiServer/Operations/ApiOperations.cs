using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

/// <summary>
/// The verbs of the API, without HTTP: what the request pipeline and the server's own controllers call alike.
/// Objects go in and come out in the version of the target. Failures are <see cref="StatusException"/>s.
/// </summary>
internal sealed partial class ApiOperations(Store store, ResourceRegistry registry, IdentifierSource identifiers, TimeProvider clock)
{
    private readonly Dictionary<GroupResource, Dictionary<string, RequestHandler>> _handlers = [];

    public Store Store => store;

    public ResourceRegistry Registry => registry;

    public TimeProvider Clock => clock;

    /// <summary>The steps of admission, in order. Filled before the server starts.</summary>
    public List<IAdmission> Admission { get; } = [];

    /// <summary>Converts objects whose definition names a webhook; null where there are none.</summary>
    public ConversionWebhook? Conversion { get; set; }

    /// <summary>How often a watcher that allows bookmarks gets one.</summary>
    public TimeSpan BookmarkPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where streams run.</summary>
    public Loops Loops { get; init; } = new(TaskScheduler.Default);

    /// <summary>Takes over a virtual resource (subresource null) or a subresource that is not plain storage.</summary>
    public void Handle(GroupResource resource, string? subresource, RequestHandler handler)
    {
        if (!_handlers.TryGetValue(resource, out var handlers))
            _handlers[resource] = handlers = new(StringComparer.Ordinal);
        handlers[subresource ?? ""] = handler;
    }

    public RequestHandler? Handler(GroupResource resource, string? subresource) =>
        _handlers.TryGetValue(resource, out var handlers) ? handlers.GetValueOrDefault(subresource ?? "") : null;

    /// <summary>The target for a resource in its storage version, for callers inside the server.</summary>
    public ResourceTarget Target(string group, string plural, string? ns = null, string? name = null, string? subresource = null)
    {
        var type = registry.Current.Find(group, plural) ?? throw Failures.NotFound(new GroupResource(group, plural), name ?? "");
        return new ResourceTarget(type, type.StorageVersion, ns, name, subresource);
    }

    /// <param name="asOf">The revision to answer from, as a cache that lags behind would; null for the present.</param>
    /// <exception cref="StatusException">NotFound when there is no such object.</exception>
    public async Task<JsonObject> GetAsync(ResourceTarget target, CancellationToken cancellationToken, string resourceVersion = "", long? asOf = null)
    {
        if (Handler(target.Type.Resource, target.Subresource) is { } handler)
            return (await handler(target, "get", null, new RequestContext(), cancellationToken).ConfigureAwait(false)).Object;
        if (RevisionText.Parse(resourceVersion) is { } revision)
            await UntilAsync(revision, cancellationToken).ConfigureAwait(false);
        var stored = asOf is { } past ? Existing(target, past) : Existing(target);
        await PrepareViewsAsync(target, [stored], cancellationToken).ConfigureAwait(false);
        var obj = Shown(target, stored);
        return target.Subresource == "scale" ? Scale.Read(target, obj) : obj;
    }

    /// <summary>The object in another version of its kind.</summary>
    /// <exception cref="StatusException">The webhook that converts it failed.</exception>
    public async ValueTask<JsonObject> ConvertAsync(ResourceType type, ResourceVersion version, JsonObject obj, CancellationToken cancellationToken)
    {
        if (Conversion is null || !ConversionWebhook.AppliesTo(type) || obj.StringAt("apiVersion") == type.ApiVersion(version))
            return VersionConversion.Convert(type, version, obj);
        var converted = await Conversion.ConvertAsync(type, type.ApiVersion(version), [obj], cancellationToken).ConfigureAwait(false);
        return ObjectSchemas.Prune(version, converted[0]);
    }

    /// <summary>The request as one for another version of its resource, or for another resource of the same objects.</summary>
    public async ValueTask<AdmissionRequest> SeenAsAsync(AdmissionRequest request, ResourceTarget target, CancellationToken cancellationToken)
    {
        var own = request.Target;
        if (ReferenceEquals(target.Version, own.Version))
            return request;
        var seen = request with { Target = target, Addressed = own };
        // A Scale is the same whatever the version of its parent.
        return target.Subresource == "scale" ? seen : seen with
        {
            Object = request.Object is { } value ? await ViewAsync(own, target, value, cancellationToken).ConfigureAwait(false) : null,
            OldObject = request.OldObject is { } old ? await ViewAsync(own, target, old, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    /// <summary>The object that admission left as it was shown to it, as what the request is for.</summary>
    public async ValueTask<JsonObject?> FromSeenAsync(AdmissionRequest seen, AdmissionRequest request, CancellationToken cancellationToken) =>
        seen.Addressed is null || seen.Target.Subresource == "scale" || seen.Object is null
            ? seen.Object
            : await ViewAsync(seen.Target, request.Target, seen.Object, cancellationToken).ConfigureAwait(false);

    private ValueTask<JsonObject> ViewAsync(ResourceTarget from, ResourceTarget to, JsonObject obj, CancellationToken cancellationToken) => ReferenceEquals(from.Type, to.Type)
        ? ConvertAsync(to.Type, to.Version, obj, cancellationToken)
        : new(VersionConversion.Between(from.Type, to.Type, obj));

    private StoredObject Existing(ResourceTarget target) =>
        store.Find(target.Type.Storage, target.Namespace, target.Name!) ?? throw Failures.NotFound(target.Type.Resource, target.Name!);

    private StoredObject Existing(ResourceTarget target, long revision) =>
        store.ReadAt(target.Type.Storage, revision)?.Find(target.Namespace, target.Name!) ?? throw Failures.NotFound(target.Type.Resource, target.Name!);

    private static JsonObject Shown(ResourceTarget target, StoredObject stored) => VersionConversion.FromStorage(target.Type, target.Version, stored);

    /// <summary>Has the webhook convert what <see cref="Shown"/> is going to show, in one call.</summary>
    private async ValueTask PrepareViewsAsync(ResourceTarget target, IEnumerable<StoredObject> objects, CancellationToken cancellationToken)
    {
        if (Conversion is null || !ConversionWebhook.AppliesTo(target.Type))
            return;
        var unseen = objects.Where(stored => stored.Seen(target.Version) is null && stored.Value.StringAt("apiVersion") != target.ApiVersion).ToArray();
        if (unseen.Length == 0)
            return;
        var converted = await Conversion.ConvertAsync(target.Type, target.ApiVersion, [.. unseen.Select(static stored => stored.Value)], cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < unseen.Length; i++)
            unseen[i].Remember(target.Version, ObjectSchemas.Prune(target.Version, converted[i]));
    }

    private async ValueTask<StoredObject?> TryStoreAsync(ResourceTarget target, string? ns, string name, JsonObject obj, StoredObject? expected, CancellationToken cancellationToken)
    {
        var (type, storage) = (target.Type, target.Type.StorageVersion);
        if (Conversion is not null && ConversionWebhook.AppliesTo(type) && !target.Version.Storage)
        {
            var converted = await Conversion.ConvertAsync(type, type.ApiVersion(storage), [obj], cancellationToken).ConfigureAwait(false);
            obj = ObjectSchemas.Refit(storage, converted[0]);
        }
        else
        {
            obj = VersionConversion.ToStorage(type, obj);
        }

        var stored = store.TryPut(type.Storage, ns, name, obj, expected, storage);
        if (stored is not null)
            await PrepareViewsAsync(target, [stored], cancellationToken).ConfigureAwait(false);
        return stored;
    }

    private async ValueTask<JsonObject> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var obj = await MutateOnceAsync(request, cancellationToken).ConfigureAwait(false);
        if (!request.Reinvocation.IsWanted)
            return obj;
        request.Reinvocation.BeginSecondPass();
        return await MutateOnceAsync(request with { Object = obj }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<JsonObject> MutateOnceAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var obj = request.Object!;
        foreach (var step in Admission)
            obj = await step.MutateAsync(request with { Object = obj }, cancellationToken).ConfigureAwait(false) ?? obj;
        return obj;
    }

    private async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var step in Admission)
            await step.ValidateAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
