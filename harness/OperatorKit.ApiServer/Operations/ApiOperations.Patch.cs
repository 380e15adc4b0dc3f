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
            ? new Write(target, request, live => ApplyAsync(target, live, patch, request, cancellationToken)) { CreateIfMissing = target.Subresource is null }
            : new Write(target, request, live => TrackAsync(target, live, Patched(target, live!, patch, request), request, cancellationToken));
        return await WriteAsync(write, cancellationToken).ConfigureAwait(false);
    }

    private static JsonObject Patched(ResourceTarget target, JsonObject live, PatchBody patch, RequestContext request)
    {
        var result = Changed(live, patch, target);
        var body = patch.Type == PatchType.Json
            ? new RequestBody(result, []) { PatchProblems = [.. patch.DuplicateFields.Select(static path => $"json patch duplicate field \"{path}\"")] }
            : new RequestBody(result, patch.DuplicateFields);
        var obj = patch.Type == PatchType.Strategic ? ObjectSchemas.DecodeMerged(target, body, patch.Document, request) : ObjectSchemas.DecodePatched(target, body, request);
        RequireName(target, obj);
        obj = InNamespace(target, obj);
        obj = WithoutDuplicateOwners(ObjectSchemas.Complete(target.Type, target.Version, obj, keepsEmptyLists: true), request, " after mutating admission happens");
        return MetadataPreparation.Keep(obj, live);
    }

    private async ValueTask<JsonObject> ApplyAsync(ResourceTarget target, JsonObject? live, PatchBody patch, RequestContext request, CancellationToken cancellationToken)
    {
        if (patch.Document is not (JsonObject or JsonNull))
            throw Failures.BadRequest($"error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {GoText.KindOf(patch.Document)} into Go value of type map[string]interface {{}}");
        var configuration = patch.Document as JsonObject ?? JsonObject.Empty;
        JsonObject merged;
        try
        {
            merged = await MergeAsync(target.Type, convert => FieldOwnership.Apply(target, live, configuration, request, patch.Force, clock, convert), cancellationToken).ConfigureAwait(false);
        }
        catch (ConversionFailedException failed)
        {
            throw failed.Failure;
        }

        var uid = merged.StringAt("metadata", "uid") ?? "";
        if (live is null && uid.Length > 0)
            throw Failures.Conflict(target.Type.Resource, target.Name!, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        merged = InNamespace(target, merged);
        RequireName(target, merged);
        ReportRepeatedKeys(patch, request);
        var quiet = new RequestContext { User = request.User };
        // Nulls that a custom resource may not have stay for the validation to find.
        var decoded = target.Type.IsCustom ? merged : ObjectSchemas.DecodePatched(target, merged, quiet);
        request.HasEmptyLists |= quiet.HasEmptyLists;
        return ObjectSchemas.Complete(target.Type, target.Version, decoded, keepsEmptyLists: true);
    }

    private static void ReportRepeatedKeys(PatchBody patch, RequestContext request)
    {
        if (patch.RepeatedKeys.Length > 0 && request.FieldValidation == FieldValidation.Strict)
            throw Failures.BadRequest($"error strict decoding YAML: error converting YAML to JSON: {ObjectSchemas.InYaml(patch.RepeatedKeys)}");
        if (request.FieldValidation != FieldValidation.Warn)
            return;
        foreach (var repeated in patch.RepeatedKeys)
            request.Warn(repeated);
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
