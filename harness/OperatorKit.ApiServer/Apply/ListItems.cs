using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>What identifies the items of a list of type set or map.</summary>
internal static class ListItems
{
    /// <summary>The path element of an item.</summary>
    /// <exception cref="MergeTypeException">The item is nothing that such a list can hold.</exception>
    public static string ElementOf(MergeType list, JsonValue item) => list.ListType == SchemaListType.Set ? SetElement(item) : MapElement(list, item);

    /// <summary>The items with their path elements, in order.</summary>
    /// <exception cref="MergeTypeException">An item is nothing that such a list can hold.</exception>
    public static List<(string Element, JsonValue Item)> Keyed(MergeType list, JsonArray? items)
    {
        var keyed = new List<(string, JsonValue)>(items?.Count ?? 0);
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            try
            {
                keyed.Add((ElementOf(list, items![i]), items[i]));
            }
            catch (MergeTypeException error)
            {
                throw new MergeTypeException("", $"element {i}: {error.Message}");
            }
        }

        return keyed;
    }

    private static string SetElement(JsonValue item) => item switch
    {
        JsonObject => throw new MergeTypeException("", "associative list without keys has an element that's a map type"),
        JsonArray => throw new MergeTypeException("", "not supported: associative list with lists as elements"),
        JsonNull => throw new MergeTypeException("", "associative list without keys has an element that's an explicit null"),
        _ => PathElement.Value(item),
    };

    private static string MapElement(MergeType list, JsonValue item)
    {
        if (item is not JsonObject obj)
            throw new MergeTypeException("", item is JsonNull ? "associative list with keys may not have a null element" : "associative list with keys may not have non-map elements");
        var keys = new List<(string, JsonValue)>(list.ListKeys.Length);
        foreach (var name in list.ListKeys)
        {
            if ((obj[name] ?? list.Element!.KeyDefault(name)) is { } value)
                keys.Add((name, value));
        }

        if (keys.Count == 0)
        {
            var names = string.Join(' ', list.ListKeys.Select(static key => $"\"{key}\""));
            throw new MergeTypeException("", $"associative list with keys has an element that omits all key fields [{names}] (and doesn't have default values for any key fields)");
        }

        return PathElement.Key(keys);
    }
}
