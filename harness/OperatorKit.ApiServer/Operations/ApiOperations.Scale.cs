using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    private Task<WriteResult> UpdateScaleAsync(ResourceTarget target, JsonObject scale, RequestContext request, CancellationToken cancellationToken)
    {
        RequireName(target, scale);
        return WriteScaleAsync(target, _ => scale, request, cancellationToken);
    }

    private Task<WriteResult> PatchScaleAsync(ResourceTarget target, PatchBody patch, RequestContext request, CancellationToken cancellationToken) =>
        WriteScaleAsync(target, live => Scaled(target, live, patch), request, cancellationToken);

    private async Task<WriteResult> WriteScaleAsync(ResourceTarget target, Func<JsonObject, JsonObject> change, RequestContext request, CancellationToken cancellationToken)
    {
        // The replicas are part of the main resource: its rules apply, only ownership names the subresource.
        var main = target with { Subresource = null };
        var write = new Write(main, request, live => new(FieldOwnership.Track(target, live, Scale.Write(target, live!, change(live!)), request, clock)));
        var written = await WriteAsync(write, cancellationToken).ConfigureAwait(false);
        return written with { Object = Scale.ReadForPatch(target, written.Object) };
    }

    private static JsonObject Scaled(ResourceTarget target, JsonObject live, PatchBody patch)
    {
        var before = Scale.ReadForPatch(target, live);
        if (patch.Type == PatchType.Apply)
            return patch.Document as JsonObject ?? before;
        // Without the resource version a patch never conflicts, unless it names one itself.
        var after = Changed(before, patch.Type == PatchType.Strategic ? patch with { Type = PatchType.Merge } : patch, target);
        RequireName(target, after);
        return after;
    }
}
