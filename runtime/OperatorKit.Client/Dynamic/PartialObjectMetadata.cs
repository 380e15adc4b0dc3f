using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>An object of any kind of which only the metadata is sent: a fraction of the bytes and memory of the whole.</summary>
public sealed record PartialObjectMetadata : IKubernetesObject, IJsonModel<PartialObjectMetadata>
{
    /// <inheritdoc/>
    public string ApiVersion { get; init; } = "meta.k8s.io/v1";

    /// <inheritdoc/>
    public string Kind { get; init; } = "PartialObjectMetadata";

    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; init; } = new();

    /// <inheritdoc/>
    public static PartialObjectMetadata ReadJson(ref Utf8JsonReader reader)
    {
        var metadata = new V1ObjectMeta();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata)
            {
                metadata = V1ObjectMeta.ReadJson(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new PartialObjectMetadata { Metadata = metadata };
    }

    /// <inheritdoc/>
    public static void WriteJson(Utf8JsonWriter writer, PartialObjectMetadata value)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, value.ApiVersion);
        writer.WriteString("kind"u8, value.Kind);
        writer.WritePropertyName("metadata"u8);
        V1ObjectMeta.WriteJson(writer, value.Metadata);
        writer.WriteEndObject();
    }
}
