namespace OperatorKit.ApiServer.Apply;

/// <summary>The fields that nobody owns, because the server writes them or they say which object it is.</summary>
internal static class SystemFields
{
    public static FieldSet Set { get; } = FieldSet.UnionOf(
    [
        FieldSet.OfFields("apiVersion"),
        FieldSet.OfFields("kind"),
        FieldSet.OfFields("metadata"),
        .. new[] { "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion" }
            .Select(static name => FieldSet.OfFields("metadata", name)),
    ]);
}
