using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// One step of a field path in the spelling of FieldsV1, which identifies it: <c>f:name</c> a member, <c>k:{"key":"v"}</c> a list
/// item by its keys, <c>v:"x"</c> a set item, <c>i:0</c> an index.
/// </summary>
internal static class PathElement
{
    private static readonly SharedStrings Fields = new();

    public static string Field(string name) => Fields.Of("f:", name);

    public static string Value(JsonValue value) => "v:" + JsonText.ToCompactString(Canonical(value));

    /// <summary>A list item by its keys, sorted by name.</summary>
    public static string Key(IEnumerable<(string Name, JsonValue Value)> keys) =>
        "k:" + JsonText.ToCompactString(JsonObject.Of([.. keys.OrderBy(static key => key.Name, StringComparer.Ordinal).Select(static key => (key.Name, Canonical(key.Value)))]));

    public static string Index(int index) => string.Create(CultureInfo.InvariantCulture, $"i:{index}");

    public static bool IsField(string element) => element.StartsWith("f:", StringComparison.Ordinal);

    public static bool IsKey(string element) => element.StartsWith("k:", StringComparison.Ordinal);

    /// <summary>The member's name, where the element is one.</summary>
    public static string FieldName(string element) => element[2..];

    /// <summary>An element as it stands in managedFields, with its keys in order; null where it is of no known kind.</summary>
    /// <exception cref="JsonSyntaxException">The keys or the value are not JSON.</exception>
    public static string? Parse(string text) => text.Length < 2 || text[1] != ':'
        ? throw new JsonSyntaxException($"{text} is no element of a field path")
        : text[0] switch
        {
            'f' or 'i' => text,
            'v' => Value(Literal(text[2..])),
            'k' => Literal(text[2..]) is JsonObject keys
                ? Key(keys.Select(static key => (key.Key, key.Value)))
                : throw new JsonSyntaxException($"{text} names no keys"),
            _ => null,
        };

    /// <summary>The element as messages print it: <c>.name</c>, <c>[k="a"]</c>, <c>[="x"]</c>, <c>[0]</c>.</summary>
    public static string Display(string element) => element[0] switch
    {
        'f' => "." + element[2..],
        'v' => $"[={element[2..]}]",
        'k' => $"[{string.Join(',', ((JsonObject)Literal(element[2..])).Select(static key => $"{key.Key}={key.Value}"))}]",
        _ => $"[{element[2..]}]",
    };

    public static string Display(IEnumerable<string> path) => string.Concat(path.Select(Display));

    private static JsonValue Literal(string json) => JsonParser.Parse(json).Value;

    private static JsonValue Canonical(JsonValue value) => value is JsonNumber number && !number.TryGetInt64(out _) && number.AsDouble() is var real && Math.Abs(real) < 1e15 && Math.Floor(real).Equals(real)
        ? JsonValue.From((long)real)
        : value;
}
