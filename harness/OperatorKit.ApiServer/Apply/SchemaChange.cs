using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// Fits a field set that was written under an earlier schema to the present one: what has become atomic is owned as a whole.
/// </summary>
internal static class SchemaChange
{
    public static FieldSet Reconcile(FieldSet fields, MergeType type) => FieldSet.Of(fields.IsMember, fields.Children.Select(child =>
    {
        var below = PathElement.IsField(child.Key) ? type.Field(PathElement.FieldName(child.Key)) : type.Element;
        if (below is null || !child.Value.HasChildren)
            return child;
        var isAtomic = below.IsMap ? below.IsAtomicMap : below.IsList && below.ListType == SchemaListType.Atomic;
        return KeyValuePair.Create(child.Key, isAtomic ? FieldSet.Leaf : Reconcile(child.Value, below));
    }));
}
