using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Serialization;

namespace OperatorKit.Webhooks.Json;

/// <summary>Objects as the types of models and as JSON that may be taken apart.</summary>
internal static class ModelJson
{
    private const int MaxDepth = 256;

    /// <summary>Reads JSON of any content.</summary>
    /// <exception cref="JsonException">It is no JSON, or has a member twice.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(
        utf8, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });

    /// <exception cref="JsonException">The JSON does not fit the type.</exception>
    public static T Read<T>(JsonNode node)
        where T : IJsonModel<T>
    {
        using var json = PooledJson.Write(node, static (writer, value) => value.WriteTo(writer));
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        return T.ReadJson(ref reader);
    }

    public static JsonObject Write<T>(T value)
        where T : IJsonModel<T>
    {
        using var json = PooledJson.Write(value, static (writer, model) => T.WriteJson(writer, model));
        return (JsonObject)Parse(json.Span)!;
    }

    /// <summary>What the type knows of an object.</summary>
    public static JsonObject Known<T>(JsonObject resource)
        where T : IJsonModel<T> => Write(Read<T>(resource));
}
