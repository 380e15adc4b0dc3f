using System.Collections.Generic;
using System.Linq;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>A JSON value that has been read from a file given to the compiler.</summary>
internal sealed class JsonNode
{
    private static readonly IReadOnlyList<JsonNode> NoItems = System.Array.Empty<JsonNode>();
    private static readonly IReadOnlyList<KeyValuePair<string, JsonNode>> NoMembers = System.Array.Empty<KeyValuePair<string, JsonNode>>();

    public JsonNodeKind Kind { get; private init; }

    /// <summary>The content of a string, the digits of a number, <c>true</c> or <c>false</c>.</summary>
    public string Text { get; private init; } = "";

    public IReadOnlyList<JsonNode> Items { get; private init; } = NoItems;

    /// <summary>The members of an object in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonNode>> Members { get; private init; } = NoMembers;

    public JsonNode? this[string name] => Members.FirstOrDefault(m => m.Key == name).Value;

    public static JsonNode Scalar(JsonNodeKind kind, string text) => new() { Kind = kind, Text = text };

    public static JsonNode Array(IReadOnlyList<JsonNode> items) => new() { Kind = JsonNodeKind.Array, Items = items };

    public static JsonNode Object(IReadOnlyList<KeyValuePair<string, JsonNode>> members) => new() { Kind = JsonNodeKind.Object, Members = members };

    /// <summary>The content of a string member; null where there is none.</summary>
    public string? String(string name) => this[name] is { Kind: JsonNodeKind.String } node ? node.Text : null;

    /// <summary>Whether a member is true.</summary>
    public bool Flag(string name) => this[name] is { Kind: JsonNodeKind.Boolean, Text: "true" };

    /// <summary>The items of an array member; none where there is no such member.</summary>
    public IReadOnlyList<JsonNode> List(string name) => this[name]?.Items ?? NoItems;
}

internal enum JsonNodeKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
