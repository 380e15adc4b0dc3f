using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>Takes the fields and list items of a set out of an object; atomic values go whole or not at all.</summary>
internal static class FieldRemoval
{
    public static JsonObject Of(JsonObject value, FieldSet fields, MergeType type) =>
        fields.IsEmpty ? value : Remove(value, fields, type) as JsonObject ?? JsonObject.Empty;

    /// <summary>Null where nothing is left that a set path did not reach into.</summary>
    private static JsonValue? Remove(JsonValue value, FieldSet fields, MergeType type) => type.ShapeOf(value) switch
    {
        MergeShape.Map => type.IsAtomicMap ? null : value is JsonObject members ? FromMembers(members, fields, type) : null,
        MergeShape.List => type.ListType == SchemaListType.Atomic ? null : value is JsonArray items ? FromItems(items, fields, type) : null,
        _ => value,
    };

    private static JsonObject? FromMembers(JsonObject members, FieldSet fields, MergeType type)
    {
        var kept = new JsonObject.Builder(members.Count);
        var reached = false;
        foreach (var (name, value) in members)
        {
            var below = fields.Child(PathElement.Field(name));
            if (below.IsMember)
                continue;
            reached |= below.HasChildren;
            kept[name] = below.HasChildren ? Remaining(value, below, type.Field(name) ?? MergeType.Deduced) : value;
        }

        return kept.Count > 0 || reached ? kept.Build() : null;
    }

    private static JsonArray? FromItems(JsonArray items, FieldSet fields, MergeType type)
    {
        var kept = new List<JsonValue>(items.Count);
        var reached = false;
        foreach (var (element, item) in ListItems.Keyed(type, items))
        {
            var below = fields.Child(element);
            if (below.IsMember)
                continue;
            reached |= below.HasChildren;
            kept.Add(below.HasChildren ? Remaining(item, below, type.Element!) : item);
        }

        return kept.Count > 0 || reached ? JsonArray.Of(kept) : null;
    }

    // A container that was only reached into stays, even when it becomes empty.
    private static JsonValue Remaining(JsonValue value, FieldSet fields, MergeType type) => Remove(value, fields, type) ?? value switch
    {
        JsonObject => JsonObject.Empty,
        JsonArray => JsonArray.Empty,
        _ => JsonValue.Null,
    };
}
