using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    private Task<WriteResult> UpdateScaleAsync(ResourceTarget target, JsonObject scale, RequestContext request, CancellationToken cancellationToken)
    {
        RequireName(target, scale);
        return WriteScaleAsync(target, _ => scale, request, cancellationToken);
    }

    private Task<WriteResult> PatchScaleAsync(ResourceTarget target, PatchBody patch, RequestContext request, CancellationToken cancellationToken)
    {
        if (patch.Type == PatchType.Apply)
            return WriteScaleAsync(target, live => AppliedScale(target, live, patch, request), request, cancellationToken, applies: true);
        return WriteScaleAsync(target, live => PatchedScale(target, live, patch, request), request, cancellationToken);
    }

    /// <summary>
    /// The replicas are part of the main resource and its rules apply; ownership is kept on the Scale and carried over.
    /// </summary>
    private async Task<WriteResult> WriteScaleAsync(ResourceTarget target, Func<JsonObject, JsonObject> change, RequestContext request, CancellationToken cancellationToken, bool applies = false)
    {
        var write = new Write(target with { Subresource = null }, request, live =>
        {
            var owners = live!.ArrayAt("metadata", "managedFields");
            var before = Scale.ReadForPatch(target, live).WithAt(["metadata", "managedFields"], ScaleOwnership.ToScale(owners, apiVersion => Scale.ReplicasPath(target, apiVersion)));
            var after = change(before);
            var tracked = applies ? after : ManagedFields.Update(before, before.With("spec", after["spec"] ?? JsonObject.Empty), FieldOwnership.ScaleOperation(target, request, clock));
            var kept = ScaleOwnership.ToParent(owners, tracked.ArrayAt("metadata", "managedFields"), target.ApiVersion, apiVersion => Scale.ReplicasPath(target, apiVersion));
            var written = Scale.Write(target, live, after);
            return new(kept.Count == 0 ? written.WithoutAt("metadata", "managedFields") : written.WithAt(["metadata", "managedFields"], kept));
        })
        {
            Endpoint = target,
        };
        var result = await WriteAsync(write, cancellationToken).ConfigureAwait(false);
        return result with { Object = Scale.ReadForPatch(target, result.Object) };
    }

    private JsonObject AppliedScale(ResourceTarget target, JsonObject before, PatchBody patch, RequestContext request)
    {
        var configuration = patch.Document as JsonObject ?? JsonObject.Empty;
        var after = ServerSideApply.Apply(before, configuration, FieldOwnership.ScaleOperation(target, request, clock), patch.Force);
        if (!target.Type.IsCustom)
            return after;
        // What kube-apiserver 1.36 answers to every apply on the scale of a custom resource that does not conflict.
        var what = ManagedFields.Stored(before).IsEmpty
            ? "failed to create manager for existing fields: failed to convert live object (/; "
            : $"failed to convert new object ({configuration.StringAt("metadata", "namespace")}/{configuration.StringAt("metadata", "name")}; ";
        throw Failures.Unreasoned($"{what}autoscaling/v1, Kind=Scale) to proper version: request to convert CR to an invalid group/version: autoscaling/v1");
    }

    private static JsonObject PatchedScale(ResourceTarget target, JsonObject before, PatchBody patch, RequestContext request)
    {
        // A Scale has no lists, so that the two kinds of merge do the same to it.
        var isStrategic = patch.Type == PatchType.Strategic;
        var body = new RequestBody(Changed(before, isStrategic ? patch with { Type = PatchType.Merge } : patch, target), patch.DuplicateFields);
        if ((body.Value.StringAt("kind"), body.Value.StringAt("apiVersion")) is var (kind, version) && (kind, version) != ("Scale", "autoscaling/v1"))
        {
            var scheme = target.Type.IsCustom ? "k8s.io/client-go/scale/util.go:146" : "pkg/api/legacyscheme/scheme.go:30";
            throw ObjectSchemas.PatchRefusal(body, $"no kind \"{kind}\" is registered for version \"{version}\" in scheme \"{scheme}\"");
        }

        var after = isStrategic ? ObjectSchemas.DecodeMerged(target, body, patch.Document, request) : ObjectSchemas.DecodePatched(target, body, request);
        RequireName(target, after);
        // What the patch did not set is no precondition.
        return after.At("metadata", "resourceVersion")?.Equals(before.At("metadata", "resourceVersion")) == true ? after.WithoutAt("metadata", "resourceVersion") : after;
    }
}
