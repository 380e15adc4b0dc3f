using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    /// <summary>PUT of the object, of its status or of its scale.</summary>
    public async Task<WriteResult> UpdateAsync(ResourceTarget target, RequestBody body, RequestContext request, CancellationToken cancellationToken)
    {
        if (Handler(target.Type.Resource, target.Subresource) is { } handler)
            return await handler(target, "update", body, request, cancellationToken).ConfigureAwait(false);
        if (target.Subresource == "scale")
            return await UpdateScaleAsync(target, ObjectSchemas.Decode(target, body, request), request, cancellationToken).ConfigureAwait(false);
        var obj = ObjectSchemas.Decode(target, body, request);
        RequireName(target, obj);
        obj = InNamespace(target, obj);
        obj = WithoutDuplicateOwners(ObjectSchemas.Complete(target.Type, target.Version, obj, keepsEmptyLists: true), request);
        var write = new Write(target, request, live => live is null ? new(obj) : TrackAsync(target, live, MetadataPreparation.Keep(obj, live), request, cancellationToken))
        {
            CreateIfMissing = target.Type.Traits.CreateOnUpdate && target.Subresource is null,
            Replaces = true,
        };
        return await WriteAsync(write, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads, changes and writes until no other write came between. The change is made again on what is there then,
    /// and a resource version in it turns into a conflict by itself.
    /// </summary>
    private async Task<WriteResult> WriteAsync(Write write, CancellationToken cancellationToken)
    {
        var (target, request) = (write.Target, write.Request);
        while (true)
        {
            var stored = store.Find(target.Type.Storage, target.Namespace, target.Name!);
            if (stored is not null)
                await PrepareViewsAsync(target, [stored], cancellationToken).ConfigureAwait(false);
            var live = stored is null ? null : Shown(target, stored);
            if (stored is null || live is null)
            {
                if (!write.CreateIfMissing)
                    throw Failures.NotFound(target.Type.Resource, target.Name!);
                var made = (await write.Change(null).ConfigureAwait(false)).WithAt(["metadata", "name"], target.Name!).WithoutAt("metadata", "resourceVersion");
                return await CreateDecodedAsync(target, made, request, track: write.Replaces, cancellationToken).ConfigureAwait(false);
            }

            var changed = await write.Change(live).ConfigureAwait(false);
            var admission = new AdmissionRequest("UPDATE", write.Endpoint, write.Shown(changed), write.Shown(live), request, RequestOptions.Of("UpdateOptions", request));
            changed = write.Hidden(changed, await MutateAsync(admission, cancellationToken).ConfigureAwait(false));
            RequireFresh(write, changed, stored);
            changed = Restricted(target, ObjectSchemas.WithoutEmptyLists(target, changed, request), live);
            Judge(target.Type, target.Name!, UpdateErrors(target, changed, live));
            Warn(target.Type, changed, live, request, target.Subresource);
            await AdmitAsync(admission with { Object = write.Shown(changed) }, cancellationToken).ConfigureAwait(false);
            if (await TryFinishAsync(target, stored, live, changed, request, cancellationToken).ConfigureAwait(false) is { } result)
                return new WriteResult(result, Created: false);
        }
    }

    private async ValueTask<JsonObject?> TryFinishAsync(ResourceTarget target, StoredObject stored, JsonObject live, JsonObject changed, RequestContext request, CancellationToken cancellationToken)
    {
        var ends = changed.StringAt("metadata", "deletionTimestamp") is not null && !HasReasonToStay(target.Type, changed)
            && (changed.LongAt("metadata", "deletionGracePeriodSeconds") ?? 0) == 0;
        if (ends && HasReasonToStay(target.Type, live))
            return request.DryRun || store.TryRemove(target.Type.Storage, stored) is not null ? changed : null;
        if (SameContent(live, changed))
            return live;
        if (request.DryRun)
            return changed;
        return await TryStoreAsync(target, stored.Namespace, stored.Name, changed, stored, cancellationToken).ConfigureAwait(false) is { } written ? Shown(target, written) : null;
    }

    /// <summary>Optimistic locking: the version and uid that the client saw must be those that are stored.</summary>
    private static void RequireFresh(Write write, JsonObject changed, StoredObject stored)
    {
        var (type, name) = (write.Target.Type, write.Target.Name!);
        var uid = changed.StringAt("metadata", "uid") ?? "";
        if (write.Replaces && uid.Length > 0 && uid != stored.Uid)
        {
            throw Failures.Conflict(
                type.Resource,
                name,
                $"StorageError: invalid object, Code: 4, Key: {StorageKey(type, stored)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {stored.Uid}");
        }

        var version = changed.StringAt("metadata", "resourceVersion") ?? "";
        if (version is "" or "0")
        {
            if (!type.Traits.UnconditionalUpdate)
                throw Failures.Invalid(type.Group, type.Plural, name, FieldError.Invalid("metadata.resourceVersion", 0, "must be specified for an update"));
        }
        else if (!RevisionText.TryParse(version, out var revision))
        {
            throw Failures.Unreasoned(RevisionText.SyntaxError(version));
        }
        else if (revision != stored.Revision)
        {
            throw Failures.ModifiedConflict(type.Resource, name);
        }
    }

    /// <summary>Where a real server keeps the object in etcd, which its messages show.</summary>
    private static string StorageKey(Registry.ResourceType type, StoredObject stored)
    {
        var prefix = type.Resource.ToString() switch
        {
            "replicationcontrollers" => "controllers",
            "endpoints" => "services/endpoints",
            "services" => "services/specs",
            "nodes" => "minions",
            "ingresses.networking.k8s.io" => "ingress",
            _ => type.IsCustom ? $"{type.Group}/{type.Plural}" : type.Plural,
        };
        return $"/registry/{prefix}/{(stored.Namespace is { } ns ? ns + "/" : "")}{stored.Name}";
    }

    /// <summary>The change without what this endpoint does not let through.</summary>
    private static JsonObject Restricted(ResourceTarget target, JsonObject changed, JsonObject live)
    {
        changed = MetadataPreparation.Keep(changed, live).WithAt(["metadata", "resourceVersion"], live.At("metadata", "resourceVersion")!);
        if (PartOf(target) is { } part)
        {
            changed = part.Merge(changed, live).With("metadata", StatusWrite.Metadata(part.Metadata, changed, live));
            return Generation.Next(target.Type.Traits.Generation, ObjectSchemas.Complete(target.Type, target.Version, changed), live, target.Version.HasStatus);
        }

        if (target.Subresource == "status")
            return ObjectSchemas.Complete(target.Type, target.Version, StatusWrite.Merge(target.Type.Traits, changed, live));
        if (target.Version.HasStatus)
            changed = live["status"] is { } status ? changed.With("status", status) : changed.Without("status");
        changed = target.Type.Traits.PrepareForUpdate?.Invoke(changed, live) ?? changed;
        return Generation.Next(target.Type.Traits.Generation, changed, live, target.Version.HasStatus);
    }

    private static PartialWrite? PartOf(ResourceTarget target) =>
        target.Subresource is { } name ? target.Type.Traits.PartialWrites.GetValueOrDefault(name) : null;

    private static List<FieldError> UpdateErrors(ResourceTarget target, JsonObject changed, JsonObject live)
    {
        var traits = target.Type.Traits;
        var errors = MetadataValidation.ValidateUpdate(target.Type, target.Subresource is null ? traits.MetadataRounds : traits.StatusMetadataRounds, changed, live).ToList();
        if (target.Type.IsCustom && target.Subresource == "status")
            errors.AddRange(CustomResourceSchema.ValidateStatus(changed, live, target.Version.Schema, ScaleOf(target.Version)));
        else if (target.Subresource == "status" && traits.ValidateStatus is { } judge)
            errors.AddRange(judge(changed, live));
        else
            errors.AddRange(PartOf(target)?.Validate(changed, live) ?? ObjectSchemas.Validate(target.Type, target.Version, changed, live));
        return errors;
    }

    private static ScalePaths? ScaleOf(Registry.ResourceVersion version) => version.Subresource("scale")?.Scale;

    private static bool HasReasonToStay(Registry.ResourceType type, JsonObject obj) =>
        obj.ArrayAt("metadata", "finalizers") is { Count: > 0 } || type.Traits.StaysWhenDeleted?.Invoke(obj) == true;

    private static bool SameContent(JsonObject live, JsonObject changed) => live.Equals(changed) || ManagedFields.DifferInTimesOnly(live, changed);

    private static void RequireName(ResourceTarget target, JsonObject obj)
    {
        var name = obj.StringAt("metadata", "name") ?? "";
        if (name.Length == 0)
            throw Failures.BadRequest($"the name of the object ({target.Name} based on URL) was undeterminable: name must be provided");
        if (name != target.Name)
            throw Failures.BadRequest($"the name of the object ({name}) does not match the name on the URL ({target.Name})");
    }

    /// <summary>One read-modify-write.</summary>
    /// <param name="Change">From the object as it is (null when there is none) to what is wanted.</param>
    private sealed record Write(ResourceTarget Target, RequestContext Request, Func<JsonObject?, ValueTask<JsonObject>> Change)
    {
        public bool CreateIfMissing { get; init; }

        /// <summary>A PUT: the whole object comes from the client.</summary>
        public bool Replaces { get; init; }

        /// <summary>What the client wrote to: the scale of the target, or the target itself.</summary>
        public ResourceTarget Endpoint { get; init; } = Target;

        /// <summary>The object as admission sees it.</summary>
        public JsonObject Shown(JsonObject obj) => Endpoint.Subresource == "scale" ? Scale.ReadForPatch(Endpoint, obj) : obj;

        /// <summary>The object with what admission made of what it saw.</summary>
        public JsonObject Hidden(JsonObject obj, JsonObject admitted) => Endpoint.Subresource == "scale" ? Scale.Write(Endpoint, obj, admitted) : admitted;
    }
}
