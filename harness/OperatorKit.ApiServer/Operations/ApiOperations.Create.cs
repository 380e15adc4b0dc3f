using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    private const int GeneratedNameAttempts = 8;

    public async Task<WriteResult> CreateAsync(ResourceTarget target, RequestBody body, RequestContext request, CancellationToken cancellationToken)
    {
        if (Handler(target.Type.Resource, target.Subresource) is { } handler)
            return await handler(target, "create", ObjectSchemas.DecodeForHandler(target, body, request), request, cancellationToken).ConfigureAwait(false);
        if (target.Subresource is not null || target.Type.Traits.Virtual)
            throw Failures.NotImplemented($"create on {target.Type.Resource}{(target.Subresource is null ? "" : "/" + target.Subresource)}");
        var obj = ObjectSchemas.Decode(target, body, request);
        obj = InNamespace(target, obj);
        if (!string.IsNullOrEmpty(obj.StringAt("metadata", "resourceVersion")))
            throw Failures.Unreasoned("resourceVersion should not be set on objects to be created");
        return await CreateDecodedAsync(target, ObjectSchemas.Complete(target.Type, target.Version, obj, keepsEmptyLists: true), request, track: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates an object that was decoded already: by a POST, a PUT to a missing name, or an apply.</summary>
    private async Task<WriteResult> CreateDecodedAsync(ResourceTarget target, JsonObject obj, RequestContext request, bool track, CancellationToken cancellationToken)
    {
        var (type, version) = (target.Type, target.Version);
        if (type.Origin is { Terminating: true })
            throw Failures.Terminating(type.Resource, obj.StringAt("metadata", "name") ?? "");
        obj = MetadataPreparation.Wipe(obj);
        if (target.Namespace is { } ns)
            obj = obj.WithAt(["metadata", "namespace"], ns);
        obj = WithoutDuplicateOwners(obj, request);
        if (track)
            obj = await TrackAsync(target, null, obj, request, cancellationToken).ConfigureAwait(false);
        var admission = new AdmissionRequest("CREATE", target with { Name = obj.StringAt("metadata", "name") }, obj, null, request, RequestOptions.Of("CreateOptions", request));
        var admitted = await MutateAsync(admission, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            obj = Prepared(type, version, MetadataPreparation.Identify(admitted, target.Namespace, identifiers, clock.GetUtcNow()));
            var name = obj.StringAt("metadata", "name") ?? "";
            Judge(type, name, CreateErrors(type, version, obj));
            Warn(type, obj, null, request);
            await AdmitAsync(admission with { Object = obj, Target = target with { Name = name } }, cancellationToken).ConfigureAwait(false);
            if (await CommitAsync(target, name, obj, request, cancellationToken).ConfigureAwait(false) is { } created)
                return new WriteResult(created, Created: true);
            var existing = store.Find(type.Storage, target.Namespace, name);
            if (admitted.StringAt("metadata", "name") is { Length: > 0 } || string.IsNullOrEmpty(admitted.StringAt("metadata", "generateName")))
                throw Failures.AlreadyExists(type.Resource, name, existing?.Value.StringAt("metadata", "deletionTimestamp") is not null);
            if (attempt == GeneratedNameAttempts)
                throw Failures.GeneratedNameExists(type.Resource, name);
        }
    }

    /// <summary>The object as stored, as it would be stored (dry run), or null when the name is taken.</summary>
    private async ValueTask<JsonObject?> CommitAsync(ResourceTarget target, string name, JsonObject obj, RequestContext request, CancellationToken cancellationToken)
    {
        if (request.DryRun)
            return store.Find(target.Type.Storage, target.Namespace, name) is null ? obj : null;
        return await TryStoreAsync(target, target.Namespace, name, obj, null, cancellationToken).ConfigureAwait(false) is { } stored ? Shown(target, stored) : null;
    }

    private static JsonObject Prepared(ResourceType type, ResourceVersion version, JsonObject obj)
    {
        if (version.HasStatus)
            obj = obj.Without("status");
        obj = type.Traits.PrepareForCreate?.Invoke(obj) ?? obj;
        return ObjectSchemas.Complete(type, version, Generation.First(type.Traits.Generation, obj));
    }

    /// <param name="when">What the warning says of the time at which they were found.</param>
    private static JsonObject WithoutDuplicateOwners(JsonObject obj, RequestContext request, string when = "")
    {
        obj = MetadataPreparation.WithoutDuplicateOwners(obj, out var duplicates);
        if (duplicates.Count > 0)
        {
            request.Warn($".metadata.ownerReferences contains duplicate entries{when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; "
                + $"please fix your requests; duplicate UID(s) observed: {string.Join(", ", duplicates)}");
        }

        return obj;
    }

    /// <summary>The object, which must not name another namespace than the request; where that has none, the object loses its own.</summary>
    private static JsonObject InNamespace(ResourceTarget target, JsonObject obj)
    {
        var given = obj.StringAt("metadata", "namespace") ?? "";
        if (given.Length == 0 || given == target.Namespace)
            return obj;
        return target.Namespace is null
            ? obj.WithoutAt("metadata", "namespace")
            : throw Failures.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    private static List<FieldError> CreateErrors(ResourceType type, ResourceVersion version, JsonObject obj)
    {
        var content = ObjectSchemas.Validate(type, version, obj, null).ToList();
        if (type.Traits.MetadataRounds == MetadataRounds.None && content.Count > 0)
            return content;
        return [.. MetadataValidation.Validate(type, obj), .. content];
    }

    private static void Judge(ResourceType type, string name, List<FieldError> errors)
    {
        if (errors.Count > 0)
            throw Failures.Invalid(type, name, errors);
    }

    private static void Warn(ResourceType type, JsonObject obj, JsonObject? old, RequestContext request, string? subresource = null)
    {
        foreach (var warning in subresource is null ? type.Traits.Warn?.Invoke(obj, old) ?? [] : [])
            request.Warn(warning);
        foreach (var warning in MetadataValidation.FinalizerWarnings(type, obj))
            request.Warn(warning);
    }
}
