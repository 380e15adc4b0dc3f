using System.Collections.Immutable;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>The members that every object has and a custom resource's schema does not describe.</summary>
internal static class ObjectMetaType
{
    private static readonly StructuralSchema Text = new() { Type = SchemaType.String };
    private static readonly StructuralSchema Whole = new() { Type = SchemaType.Integer, Format = "int64" };
    private static readonly StructuralSchema Flag = new() { Type = SchemaType.Boolean };
    private static readonly StructuralSchema TextMap = new() { Type = SchemaType.Object, AdditionalProperties = Text };

    private static readonly StructuralSchema OwnerReference = Object(
        ("apiVersion", Text), ("kind", Text), ("name", Text), ("uid", Text), ("controller", Flag), ("blockOwnerDeletion", Flag)) with
    {
        MapType = SchemaMapType.Atomic,
    };

    private static readonly StructuralSchema ManagedFieldsEntry = Object(
        ("manager", Text),
        ("operation", Text),
        ("apiVersion", Text),
        ("time", Text),
        ("fieldsType", Text),
        ("fieldsV1", new StructuralSchema { Type = SchemaType.Object, PreserveUnknownFields = true }),
        ("subresource", Text));

    /// <summary>apiVersion, kind and metadata.</summary>
    public static ImmutableDictionary<string, MergeType> Members { get; } = new Dictionary<string, MergeType>
    {
        ["apiVersion"] = MergeType.For(Text),
        ["kind"] = MergeType.For(Text),
        ["metadata"] = MergeType.For(Schema),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static StructuralSchema Schema => Object(
        ("name", Text),
        ("generateName", Text),
        ("namespace", Text),
        ("selfLink", Text),
        ("uid", Text),
        ("resourceVersion", Text),
        ("generation", Whole),
        ("creationTimestamp", Text),
        ("deletionTimestamp", Text),
        ("deletionGracePeriodSeconds", Whole),
        ("labels", TextMap),
        ("annotations", TextMap),
        ("ownerReferences", new StructuralSchema { Type = SchemaType.Array, Items = OwnerReference, ListType = SchemaListType.Map, ListMapKeys = ["uid"] }),
        ("finalizers", new StructuralSchema { Type = SchemaType.Array, Items = Text, ListType = SchemaListType.Set }),
        ("managedFields", new StructuralSchema { Type = SchemaType.Array, Items = ManagedFieldsEntry }));

    private static StructuralSchema Object(params (string Name, StructuralSchema Schema)[] properties) =>
        new() { Type = SchemaType.Object, Properties = [.. properties.Select(static property => new StructuralProperty(property.Name, property.Schema))] };
}
