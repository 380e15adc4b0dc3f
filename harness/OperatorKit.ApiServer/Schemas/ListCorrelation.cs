using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>Finds the stored item that a new item of a list stands for. Only lists with keys can tell.</summary>
internal readonly struct ListCorrelation
{
    private readonly Dictionary<string, JsonValue>? _items;
    private readonly StructuralSchema _schema;

    private ListCorrelation(StructuralSchema schema, Dictionary<string, JsonValue>? items)
    {
        _schema = schema;
        _items = items;
    }

    public static ListCorrelation Of(JsonArray? old, StructuralSchema schema)
    {
        if (old is null || schema.ListType != SchemaListType.Map)
            return new ListCorrelation(schema, null);
        var items = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var item in old)
        {
            if (Key(item, schema) is { } key)
                items.TryAdd(key, item);
        }

        return new ListCorrelation(schema, items);
    }

    public JsonValue? Find(JsonValue item) => _items is not null && Key(item, _schema) is { } key ? _items.GetValueOrDefault(key) : null;

    /// <summary>The identity of an item of a list with keys, or null where the item is no object. Defaults of the keys count.</summary>
    internal static string? Key(JsonValue item, StructuralSchema schema)
    {
        if (item is not JsonObject obj)
            return null;
        return JsonText.ToCompactString(JsonArray.Of(schema.ListMapKeys.Select(key => obj[key] ?? schema.Items?.Property(key)?.Schema.Default ?? JsonValue.Null)));
    }
}
