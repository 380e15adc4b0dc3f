using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>An object of any kind, as JSON. Nothing in it is lost when it is read and written.</summary>
/// <param name="Content">The whole object.</param>
public sealed record DynamicResource(JsonObject Content) : IKubernetesObject, IJsonModel<DynamicResource>
{
    /// <inheritdoc/>
    public string ApiVersion => Text("apiVersion");

    /// <inheritdoc/>
    public string Kind => Text("kind");

    /// <summary>A copy of the metadata; to change it, change <see cref="Content"/>.</summary>
    public V1ObjectMeta Metadata
    {
        get
        {
            if (Content["metadata"] is not JsonObject metadata)
            {
                return new V1ObjectMeta();
            }

            var json = ObjectWriter.Write(writer => metadata.WriteTo(writer));
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            return V1ObjectMeta.ReadJson(ref reader);
        }
    }

    /// <inheritdoc/>
    public static DynamicResource ReadJson(ref Utf8JsonReader reader) =>
        JsonNode.Parse(ref reader) is JsonObject content ? new DynamicResource(content) : throw new JsonException("an object must be a JSON object");

    /// <inheritdoc/>
    public static void WriteJson(Utf8JsonWriter writer, DynamicResource value) => value.Content.WriteTo(writer);

    private string Text(string member) => Content[member] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
