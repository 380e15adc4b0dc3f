using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Keeps <c>metadata.managedFields</c> through every write.</summary>
internal static class FieldOwnership
{
    /// <summary>Records what a create or update did, in the name of the request's field manager.</summary>
    public static JsonObject Track(ResourceTarget target, JsonObject? live, JsonObject obj, RequestContext request, TimeProvider clock) =>
        ManagedFields.Update(live, obj, Operation(target, request, clock));

    /// <summary>Server-side apply: the live object with the configuration merged in.</summary>
    public static JsonObject Apply(ResourceTarget target, JsonObject? live, JsonObject configuration, RequestContext request, bool force, TimeProvider clock) =>
        ServerSideApply.Apply(live, configuration, Operation(target, request, clock), force);

    /// <summary>A write to <c>/scale</c>: ownership as the Scale sees it.</summary>
    public static FieldOperation ScaleOperation(ResourceTarget target, RequestContext request, TimeProvider clock) => new()
    {
        Manager = request.FieldManager,
        ApiVersion = "autoscaling/v1",
        Kind = "Scale",
        Subresource = target.Subresource,
        Schema = BuiltInSchemas.Find("autoscaling", "v1", "Scale")!,
        BuiltIn = true,
        Time = clock.GetUtcNow(),
    };

    private static FieldOperation Operation(ResourceTarget target, RequestContext request, TimeProvider clock) => new()
    {
        Manager = request.FieldManager,
        ApiVersion = Spoken.By(target).ApiVersion,
        Kind = Spoken.By(target).Kind,
        Subresource = target.Subresource,
        Schema = ObjectSchemas.SchemaOf(target, Spoken.By(target)),
        BuiltIn = !target.Type.IsCustom,
        Time = clock.GetUtcNow(),
        ResetFields = ResetFields.For(target.Type, target.Version, target.Subresource),
        Convert = (obj, apiVersion) => Converted(target, obj, apiVersion),
    };

    // Nothing is pruned: what another version does not declare ends the tracking, as upstream. A webhook cannot be asked in the
    // middle of a merge, so what was owned in another version of such a kind is given up.
    private static VersionedObject? Converted(ResourceTarget target, JsonObject obj, string apiVersion)
    {
        if (ConversionWebhook.AppliesTo(target.Type))
            return null;
        foreach (var version in target.Type.Versions)
        {
            if (target.Type.ApiVersion(version) != apiVersion)
                continue;
            var converted = obj.With("apiVersion", apiVersion);
            MergeTypeCheck.Require(converted, MergeType.ForObject(version.Schema));
            return new VersionedObject(converted, version.Schema);
        }

        return null;
    }
}
