using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests;

/// <summary>JSON literals in tests; single quotes stand for double quotes.</summary>
internal static class Document
{
    public static JsonObject Object(string json) => (JsonObject)Parse(json);

    public static JsonValue Parse(string json) => JsonParser.Parse(json.Replace('\'', '"')).Value;
}
