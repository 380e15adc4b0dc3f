using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Patching;

/// <summary>Values as Go prints them with <c>%v</c>, which is how they stand in messages of kube-apiserver.</summary>
internal static class GoText
{
    /// <summary>Objects as <c>map[a:1 b:x]</c> with sorted keys, lists as <c>[1 2]</c>, null as <c>&lt;nil&gt;</c>.</summary>
    public static string Of(JsonValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The word that Go's JSON decoder has for the kind of a value.</summary>
    public static string KindOf(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => "object",
        JsonKind.Array => "array",
        JsonKind.String => "string",
        JsonKind.Number => "number",
        JsonKind.Bool => "bool",
        _ => "null",
    };

    /// <summary>The value as Go writes it where it holds a map: with the members of all objects in the order of their names.</summary>
    public static JsonValue ByName(JsonValue value) => value switch
    {
        JsonObject obj => ByName(obj),
        JsonArray array => JsonArray.Of(array.Items.Select(ByName)),
        _ => value,
    };

    /// <inheritdoc cref="ByName(JsonValue)"/>
    public static JsonObject ByName(JsonObject obj) =>
        JsonObject.Of([.. obj.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => (member.Key, ByName(member.Value)))]);

    /// <summary>The Go type that a decoded value has.</summary>
    public static string TypeOf(JsonValue value) => value switch
    {
        JsonObject => "map[string]interface {}",
        JsonArray => "[]interface {}",
        JsonString => "string",
        JsonBool => "bool",
        JsonNumber number => number.TryGetInt64(out _) ? "int64" : "float64",
        _ => "<nil>",
    };

    private static void Append(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonObject obj:
                text.Append("map[");
                AppendSeparated(text, obj.Keys.Order(StringComparer.Ordinal), (into, key) =>
                {
                    into.Append(key).Append(':');
                    Append(into, obj[key]!);
                });
                text.Append(']');
                break;
            case JsonArray array:
                text.Append('[');
                AppendSeparated(text, array.Items, Append);
                text.Append(']');
                break;
            case JsonString str:
                text.Append(str.Value);
                break;
            case JsonNull:
                text.Append("<nil>");
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendSeparated<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> append)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(' ');
            first = false;
            append(text, item);
        }
    }
}
