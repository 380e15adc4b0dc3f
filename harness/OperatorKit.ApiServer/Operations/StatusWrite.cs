using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Operations;

/// <summary>A write through <c>/status</c>: the status, and as much of the metadata as the kind lets through.</summary>
internal static class StatusWrite
{
    public static JsonObject Merge(ResourceTraits traits, JsonObject changed, JsonObject live)
    {
        var merged = live.With("metadata", Metadata(traits.StatusMetadata, changed, live));
        return changed["status"] is { } status ? merged.With("status", status) : merged.Without("status");
    }

    /// <summary>The metadata of a write that lets through only some of it.</summary>
    public static JsonObject Metadata(StatusMetadataRule rule, JsonObject changed, JsonObject live) =>
        Mixed(rule, changed.ObjectAt("metadata") ?? JsonObject.Empty, live.ObjectAt("metadata") ?? JsonObject.Empty);

    private static JsonObject Mixed(StatusMetadataRule rule, JsonObject changed, JsonObject live) => rule switch
    {
        StatusMetadataRule.Nothing => Taking(live, changed, "managedFields"),
        StatusMetadataRule.KeepLabels => Taking(changed, live, "labels"),
        StatusMetadataRule.KeepOwnerReferences => Taking(changed, live, "ownerReferences"),
        _ => changed,
    };

    private static JsonObject Taking(JsonObject metadata, JsonObject source, string key) =>
        source[key] is { } value ? metadata.With(key, value) : metadata.Without(key);
}
