using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

/// <summary>A small kind of our own, with a strict member to break.</summary>
internal sealed record Widget : IKubernetesResource<Widget>
{
    public static ResourceDefinition Definition { get; } = new() { Group = "example.com", Version = "v1", Kind = "Widget", Plural = "widgets", HasStatus = true, HasScale = true };

    public string ApiVersion => "example.com/v1";

    public string Kind => "Widget";

    public V1ObjectMeta Metadata { get; init; } = new();

    public int? Size { get; init; }

    public string? Phase { get; init; }

    public static Widget Named(string name, int? size = null) => new() { Metadata = new V1ObjectMeta { Name = name }, Size = size };

    public static Widget ReadJson(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var metadata = root.GetProperty("metadata");
        return new Widget
        {
            Metadata = new V1ObjectMeta
            {
                Name = Text(metadata, "name"),
                NamespaceProperty = Text(metadata, "namespace"),
                Uid = Text(metadata, "uid"),
                ResourceVersion = Text(metadata, "resourceVersion"),
            },
            Size = root.TryGetProperty("spec", out var spec) && spec.TryGetProperty("size", out var size) ? ReadSize(size) : null,
            Phase = root.TryGetProperty("status", out var status) ? Text(status, "phase") : null,
        };
    }

    public static void WriteJson(Utf8JsonWriter writer, Widget value)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion", value.ApiVersion);
        writer.WriteString("kind", value.Kind);
        writer.WriteStartObject("metadata");
        Write(writer, "name", value.Metadata.Name);
        Write(writer, "namespace", value.Metadata.NamespaceProperty);
        Write(writer, "uid", value.Metadata.Uid);
        Write(writer, "resourceVersion", value.Metadata.ResourceVersion);
        writer.WriteEndObject();
        if (value.Size is { } size)
        {
            writer.WriteStartObject("spec");
            writer.WriteNumber("size", size);
            writer.WriteEndObject();
        }

        if (value.Phase is { } phase)
        {
            writer.WriteStartObject("status");
            writer.WriteString("phase", phase);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static int ReadSize(JsonElement size) =>
        size.ValueKind == JsonValueKind.Number ? size.GetInt32() : throw new JsonException("$.spec.size: expected a number", "$.spec.size", null, null);

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
