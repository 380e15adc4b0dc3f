using System.Buffers;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Conditions;

/// <summary>A merge patch that sets the members that every status has.</summary>
internal static class MinimalStatus
{
    /// <summary>Writes the patch, which replaces all conditions; it fails where the object has changed since it was read, or is a new one of the same name.</summary>
    public static ReadOnlyMemory<byte> Write(V1ObjectMeta read, long? observedGeneration, params IReadOnlyList<V1Condition> conditions)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("uid"u8, read.Uid);
        writer.WriteString("resourceVersion"u8, read.ResourceVersion);
        writer.WriteEndObject();
        writer.WriteStartObject("status"u8);
        if (observedGeneration is { } generation)
            writer.WriteNumber("observedGeneration"u8, generation);
        writer.WriteStartArray("conditions"u8);
        foreach (var condition in conditions)
        {
            V1Condition.WriteJson(writer, condition);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
