using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Apply;

/// <summary>What an endpoint does not write, whatever the request says.</summary>
internal static class ResetFields
{
    private static readonly FieldSet Status = FieldSet.OfFields("status");
    private static readonly FieldSet Spec = FieldSet.OfFields("spec");
    private static readonly FieldSet Metadata = FieldSet.OfFields("metadata");

    public static FieldSet For(ResourceType type, ResourceVersion version, string? subresource) => (type.Group, subresource) switch
    {
        // Only its subresources write to a request for a certificate, each to its own half of the status.
        ("certificates.k8s.io", null or "") => Spec.Union(Status),
        ("certificates.k8s.io", "approval") => Spec.Union(FieldSet.OfFields("status", "certificate")),
        ("certificates.k8s.io", "status") => Spec.Union(FieldSet.OfFields("status", "conditions")),
        (_, "status") => Spec.Union(MetadataOf(type.Traits.StatusMetadata)),
        _ => version.HasStatus ? Status : FieldSet.Empty,
    };

    private static FieldSet MetadataOf(StatusMetadataRule rule) => rule switch
    {
        StatusMetadataRule.Nothing => Metadata,
        StatusMetadataRule.KeepLabels => FieldSet.OfFields("metadata", "labels"),
        StatusMetadataRule.KeepOwnerReferences => FieldSet.OfFields("metadata", "ownerReferences").Union(FieldSet.OfFields("metadata", "deletionTimestamp")),
        _ => FieldSet.Empty,
    };
}
