using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Apply;

/// <summary>What an endpoint does not write, whatever the request says.</summary>
internal static class ResetFields
{
    private static readonly FieldSet Status = FieldSet.OfFields("status");
    private static readonly FieldSet Spec = FieldSet.OfFields("spec");
    private static readonly FieldSet Metadata = FieldSet.OfFields("metadata");

    public static FieldSet For(ResourceType type, ResourceVersion version, string? subresource) => subresource switch
    {
        null or "" => version.HasStatus ? Status : FieldSet.Empty,
        "status" => Spec.Union(MetadataOf(type.Traits.StatusMetadata)),
        "finalize" => Status,
        _ => FieldSet.Empty,
    };

    private static FieldSet MetadataOf(StatusMetadataRule rule) => rule switch
    {
        StatusMetadataRule.Nothing => Metadata,
        StatusMetadataRule.KeepLabels => FieldSet.OfFields("metadata", "labels"),
        StatusMetadataRule.KeepOwnerReferences => FieldSet.OfFields("metadata", "ownerReferences").Union(FieldSet.OfFields("metadata", "deletionTimestamp")),
        _ => FieldSet.Empty,
    };
}
