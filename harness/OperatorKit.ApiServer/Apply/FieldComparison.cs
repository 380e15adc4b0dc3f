using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>How an object differs from an earlier one, as three disjoint sets of paths.</summary>
internal readonly record struct FieldComparison(FieldSet Removed, FieldSet Modified, FieldSet Added)
{
    private static readonly FieldComparison Same = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);
    private static readonly FieldComparison LeafRemoved = Same with { Removed = FieldSet.Leaf };
    private static readonly FieldComparison LeafModified = Same with { Modified = FieldSet.Leaf };
    private static readonly FieldComparison LeafAdded = Same with { Added = FieldSet.Leaf };

    /// <exception cref="MergeTypeException">An item of a set or keyed list cannot be told from others.</exception>
    public static FieldComparison Of(JsonObject before, JsonObject after, MergeType type) => Compare(before, after, type);

    /// <summary>This comparison without what is at or below the given paths.</summary>
    public FieldComparison Without(FieldSet fields) => fields.IsEmpty
        ? this
        : new FieldComparison(Removed.ExceptBelow(fields), Modified.ExceptBelow(fields), Added.ExceptBelow(fields));

    private static FieldComparison Compare(JsonValue? before, JsonValue? after, MergeType type)
    {
        var shape = type.ShapeOf(after ?? before!);
        var (result, isLeaf) = Compare(shape, before, after, type);
        if (before is not null && after is not null && type.ShapeOf(before) is var old && old != shape)
            result = Union(result, Compare(old, before, after, type).Result);
        if (isLeaf)
            return result;
        if (before is null)
            return result with { Added = result.Added.AsMember() };
        return after is null ? result with { Removed = result.Removed.AsMember() } : result;
    }

    private static (FieldComparison Result, bool IsLeaf) Compare(MergeShape shape, JsonValue? before, JsonValue? after, MergeType type)
    {
        switch (shape)
        {
            case MergeShape.Map:
                var (oldMembers, newMembers) = (before as JsonObject, after as JsonObject);
                return type.IsAtomicMap || oldMembers is null or { Count: 0 } && newMembers is null or { Count: 0 }
                    ? (Leaf(before, after), true)
                    : (Members(oldMembers, newMembers, type), false);
            case MergeShape.List:
                var (oldItems, newItems) = (before as JsonArray, after as JsonArray);
                return type.ListType == SchemaListType.Atomic || oldItems is null or { Count: 0 } && newItems is null or { Count: 0 }
                    ? (Leaf(before, after), true)
                    : (Items(oldItems, newItems, type), false);
            default:
                return (Leaf(before, after), true);
        }
    }

    private static FieldComparison Leaf(JsonValue? before, JsonValue? after)
    {
        if (before is null)
            return LeafAdded;
        if (after is null)
            return LeafRemoved;
        return before.Equals(after) ? Same : LeafModified;
    }

    private static FieldComparison Members(JsonObject? before, JsonObject? after, MergeType type)
    {
        var children = new Dictionary<string, FieldComparison>(StringComparer.Ordinal);
        foreach (var (name, value) in before ?? JsonObject.Empty)
            children[PathElement.Field(name)] = Member(value, after?[name], name, type);
        foreach (var (name, value) in after ?? JsonObject.Empty)
        {
            if (before?.ContainsKey(name) != true)
                children[PathElement.Field(name)] = Member(null, value, name, type);
        }

        return Compose(children);
    }

    private static FieldComparison Member(JsonValue? before, JsonValue? after, string name, MergeType type)
    {
        if (before is not null && ReferenceEquals(before, after))
            return Same;
        return Compare(before, after, type.Field(name) ?? MergeType.Deduced);
    }

    private static FieldComparison Items(JsonArray? before, JsonArray? after, MergeType type)
    {
        var oldItems = ListItems.Keyed(type, before).ToLookup(static keyed => keyed.Element, static keyed => keyed.Item, StringComparer.Ordinal);
        var newItems = ListItems.Keyed(type, after).ToLookup(static keyed => keyed.Element, static keyed => keyed.Item, StringComparer.Ordinal);
        var children = new Dictionary<string, FieldComparison>(StringComparer.Ordinal);
        foreach (var element in oldItems.Concat(newItems).Select(static group => group.Key))
            children.TryAdd(element, Item([.. oldItems[element]], [.. newItems[element]], type.Element!));
        return Compose(children);
    }

    // Items that share a key are compared as one value, since nothing tells them apart.
    private static FieldComparison Item(List<JsonValue> before, List<JsonValue> after, MergeType type) => (before.Count, after.Count) switch
    {
        ( <= 1, <= 1) => Compare(before.FirstOrDefault(), after.FirstOrDefault(), type),
        ( >= 2, >= 2) => before.SequenceEqual(after) ? Same : LeafModified,
        ( >= 2, _) => Union(after.Count == 0 ? Same : Compare(null, after[0], type), LeafRemoved),
        _ => Union(before.Count == 0 ? Same : Compare(before[0], null, type), LeafAdded),
    };

    private static FieldComparison Compose(Dictionary<string, FieldComparison> children) => new(
        FieldSet.Of(false, children.Select(static child => KeyValuePair.Create(child.Key, child.Value.Removed))),
        FieldSet.Of(false, children.Select(static child => KeyValuePair.Create(child.Key, child.Value.Modified))),
        FieldSet.Of(false, children.Select(static child => KeyValuePair.Create(child.Key, child.Value.Added))));

    private static FieldComparison Union(FieldComparison one, FieldComparison other) =>
        new(one.Removed.Union(other.Removed), one.Modified.Union(other.Modified), one.Added.Union(other.Added));
}
