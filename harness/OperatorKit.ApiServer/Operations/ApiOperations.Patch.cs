using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Patching;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    public async Task<WriteResult> PatchAsync(ResourceTarget target, PatchBody patch, RequestContext request, CancellationToken cancellationToken)
    {
        if (Handler(target.Type.Resource, target.Subresource) is { } handler)
            return await handler(target, "patch", new RequestBody(patch.Document as JsonObject ?? JsonObject.Empty, []), request, cancellationToken).ConfigureAwait(false);
        if (target.Subresource == "scale")
            return await PatchScaleAsync(target, patch, request, cancellationToken).ConfigureAwait(false);
        var write = patch.Type == PatchType.Apply
            ? new Write(target, request, live => new(Applied(target, live, patch, request))) { CreateIfMissing = target.Subresource is null }
            : new Write(target, request, live => new(Patched(target, live!, patch, request)));
        return await WriteAsync(write, cancellationToken).ConfigureAwait(false);
    }

    private JsonObject Patched(ResourceTarget target, JsonObject live, PatchBody patch, RequestContext request)
    {
        var result = Changed(live, patch, target);
        var body = new RequestBody(result, patch.DuplicateFields);
        var obj = patch.Type == PatchType.Strategic ? ObjectSchemas.DecodeMerged(target, body, patch.Document, request) : ObjectSchemas.DecodePatched(target, body, request);
        RequireName(target, obj);
        RequireNamespace(target, obj);
        obj = WithoutDuplicateOwners(ObjectSchemas.Complete(target.Type, target.Version, obj), request);
        return FieldOwnership.Track(target, live, MetadataPreparation.Keep(obj, live), request, clock);
    }

    private JsonObject Applied(ResourceTarget target, JsonObject? live, PatchBody patch, RequestContext request)
    {
        if (patch.Document is not JsonObject configuration)
            throw Failures.BadRequest("error decoding YAML: the patch is not an object");
        var merged = FieldOwnership.Apply(target, live, configuration, request, patch.Force, clock);
        var uid = merged.StringAt("metadata", "uid") ?? "";
        if (live is null && uid.Length > 0)
            throw Failures.Conflict(target.Type.Resource, target.Name!, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        RequireNamespace(target, merged);
        RequireName(target, merged);
        var quiet = new RequestContext { User = request.User };
        return ObjectSchemas.Complete(target.Type, target.Version, ObjectSchemas.DecodePatched(target, merged, quiet));
    }

    private static JsonObject Changed(JsonObject obj, PatchBody patch, ResourceTarget target)
    {
        try
        {
            return patch.Type switch
            {
                PatchType.Json => JsonPatch.Apply(obj, patch.Document) as JsonObject
                    ?? throw new PatchException(PatchFailure.Unprocessable, "the result is not an object"),
                PatchType.Strategic => StrategicMergePatch.Apply(obj, patch.Document, target.Version.Schema),
                _ => MergePatch.Apply(obj, patch.Document),
            };
        }
        catch (PatchException e)
        {
            throw e.ToStatus();
        }
    }
}
