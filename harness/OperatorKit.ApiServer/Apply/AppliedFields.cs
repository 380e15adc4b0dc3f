using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>What whoever applies an object comes to own.</summary>
internal static class AppliedFields
{
    /// <summary>Leaves, atomic values, list items, empty maps and undeclared members of an object.</summary>
    public static FieldSet Of(JsonValue value, MergeType type) => type.ShapeOf(value) switch
    {
        MergeShape.Map => type.IsAtomicMap ? FieldSet.Leaf : OfMembers(value as JsonObject, type),
        MergeShape.List => type.ListType == SchemaListType.Atomic ? FieldSet.Leaf : OfItems(value as JsonArray, type),
        _ => FieldSet.Leaf,
    };

    private static FieldSet OfMembers(JsonObject? members, MergeType type)
    {
        if (members is null)
            return FieldSet.Empty;
        var children = new List<KeyValuePair<string, FieldSet>>(members.Count);
        foreach (var (name, value) in members)
        {
            var child = Of(value, type.Field(name) ?? MergeType.Deduced);
            var owned = value is JsonNull or JsonObject { Count: 0 } || !type.Declares(name);
            children.Add(new(PathElement.Field(name), owned ? child.AsMember() : child));
        }

        return FieldSet.Of(false, children);
    }

    private static FieldSet OfItems(JsonArray? items, MergeType type)
    {
        var children = new Dictionary<string, FieldSet>(StringComparer.Ordinal);
        foreach (var (element, item) in ListItems.Keyed(type, items))
            children[element] = children.ContainsKey(element) ? FieldSet.Leaf : Of(item, type.Element!).AsMember();
        return FieldSet.Of(false, children);
    }
}
