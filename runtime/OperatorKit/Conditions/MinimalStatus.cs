using System.Buffers;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Conditions;

/// <summary>A merge patch that sets the members that every status has.</summary>
internal static class MinimalStatus
{
    /// <summary>Writes the patch; it fails where the object has changed since it was read, or is a new one of the same name.</summary>
    public static ReadOnlyMemory<byte> Write(V1ObjectMeta read, long? observedGeneration, V1Condition condition, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
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
        V1Condition.WriteJson(writer, condition with { LastTransitionTime = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc) });
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Writes a patch that replaces all conditions, or fails where the object has changed since it was read.</summary>
    public static ReadOnlyMemory<byte> WriteConditions(V1ObjectMeta read, IReadOnlyList<V1Condition> conditions)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("uid"u8, read.Uid);
        writer.WriteString("resourceVersion"u8, read.ResourceVersion);
        writer.WriteEndObject();
        writer.WriteStartObject("status"u8);
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
