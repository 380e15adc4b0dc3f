using System.Text.Json.Nodes;

namespace OperatorKit.SchemaData;

/// <summary>One OpenAPI schema node in the short spelling of the schema data.</summary>
internal static class SchemaNode
{
    private const string ReferencePrefix = "#/components/schemas/";

    private static readonly (string From, string To)[] Carried =
    [
        ("type", "type"),
        ("format", "format"),
        ("default", "default"),
        ("enum", "enum"),
        ("x-kubernetes-list-type", "listType"),
        ("x-kubernetes-list-map-keys", "listMapKeys"),
        ("x-kubernetes-map-type", "mapType"),
        ("x-kubernetes-patch-strategy", "patchStrategy"),
        ("x-kubernetes-patch-merge-key", "patchMergeKey"),
        ("x-kubernetes-unions", "unions"),
    ];

    private static readonly HashSet<string> Handled = new(
        Carried.Select(pair => pair.From)
            .Concat(["description", "properties", "required", "items", "additionalProperties", "allOf", "oneOf", "$ref", "x-kubernetes-group-version-kind"]),
        StringComparer.Ordinal);

    public static JsonObject Compact(JsonObject schema)
    {
        if (schema.FirstOrDefault(member => !Handled.Contains(member.Key)).Key is { } unknown)
            throw new InvalidDataException($"The OpenAPI keyword '{unknown}' has no place in the schema data yet; add it to {nameof(SchemaNode)}.");

        var node = new JsonObject();
        if (Reference(schema) is { } reference)
            node["ref"] = reference;
        foreach (var (from, to) in Carried)
        {
            if (schema[from] is { } value)
                node[to] = value.DeepClone();
        }

        if (schema["oneOf"] is JsonArray choices)
            node["oneOf"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice!["type"]!.GetValue<string>())]);
        if (schema["items"] is JsonObject items)
            node["items"] = Compact(items);
        if (schema["additionalProperties"] is JsonObject values)
            node["map"] = Compact(values);
        return node;
    }

    private static string? Reference(JsonObject schema)
    {
        var target = schema["$ref"] ?? (schema["allOf"] is JsonArray { Count: 1 } all ? all[0]!["$ref"] : null);
        return target?.GetValue<string>()[ReferencePrefix.Length..];
    }
}
