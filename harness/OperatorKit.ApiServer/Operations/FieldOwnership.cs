using OperatorKit.ApiServer.Apply;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Keeps <c>metadata.managedFields</c> through every write.</summary>
internal static class FieldOwnership
{
    /// <summary>Records what a create or update did, in the name of the request's field manager.</summary>
    /// <param name="convert">The object in another version of its kind; null where it has no other.</param>
    public static JsonObject Track(ResourceTarget target, JsonObject? live, JsonObject obj, RequestContext request, TimeProvider clock, Func<JsonObject, ResourceVersion, JsonObject>? convert = null) =>
        ManagedFields.Update(live, obj, Operation(target, request, clock, convert));

    /// <summary>Server-side apply: the live object with the configuration merged in.</summary>
    public static JsonObject Apply(ResourceTarget target, JsonObject? live, JsonObject configuration, RequestContext request, bool force, TimeProvider clock, Func<JsonObject, ResourceVersion, JsonObject> convert) =>
        ServerSideApply.Apply(live, configuration, Operation(target, request, clock, convert), force);

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

    private static FieldOperation Operation(ResourceTarget target, RequestContext request, TimeProvider clock, Func<JsonObject, ResourceVersion, JsonObject>? convert) => new()
    {
        Manager = request.FieldManager,
        ApiVersion = Spoken.By(target).ApiVersion,
        Kind = Spoken.By(target).Kind,
        Subresource = target.Subresource,
        Schema = ObjectSchemas.SchemaOf(target, Spoken.By(target)),
        BuiltIn = !target.Type.IsCustom,
        Time = clock.GetUtcNow(),
        ResetFields = ResetFields.For(target.Type, target.Version, target.Subresource),
        Convert = convert is null ? null : (obj, apiVersion) => Converted(target, obj, apiVersion, convert),
    };

    // Nothing is pruned: what another version does not declare ends the tracking, as upstream.
    private static VersionedObject? Converted(ResourceTarget target, JsonObject obj, string apiVersion, Func<JsonObject, ResourceVersion, JsonObject> convert)
    {
        foreach (var version in target.Type.Versions)
        {
            if (target.Type.ApiVersion(version) != apiVersion)
                continue;
            var converted = obj.StringAt("apiVersion") == apiVersion ? obj : convert(obj, version);
            MergeTypeCheck.Require(converted, MergeType.ForObject(version.Schema));
            return new VersionedObject(converted, version.Schema);
        }

        return null;
    }
}
