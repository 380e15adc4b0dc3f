using System.Text.Json;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests;

/// <summary>JSON literals in tests; single quotes stand for double quotes.</summary>
internal static class Document
{
    public static JsonObject Object(string json) => (JsonObject)Parse(json);

    public static JsonValue Parse(string json)
    {
        using var document = JsonDocument.Parse(json.Replace('\'', '"'));
        return Convert(document.RootElement);
    }

    private static JsonValue Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Of([.. element.EnumerateObject().Select(static member => (member.Name, Convert(member.Value)))]),
        JsonValueKind.Array => JsonArray.Of(element.EnumerateArray().Select(Convert)),
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => new JsonNumber(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => JsonValue.Null,
    };
}
