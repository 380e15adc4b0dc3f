using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Conditions;

/// <summary>A merge patch that sets the members that every status has.</summary>
internal static class MinimalStatus
{
    /// <summary>Writes the patch; with the uid in it, it fails for a new object of the same name.</summary>
    public static ReadOnlyMemory<byte> Write(string? uid, long? observedGeneration, V1Condition condition, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("uid"u8, uid);
        writer.WriteEndObject();
        writer.WriteStartObject("status"u8);
        if (observedGeneration is { } generation)
            writer.WriteNumber("observedGeneration"u8, generation);
        writer.WriteStartArray("conditions"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, condition.Type);
        writer.WriteString("status"u8, condition.Status);
        writer.WriteString("reason"u8, condition.Reason);
        writer.WriteString("message"u8, condition.Message);
        if (condition.ObservedGeneration is { } seen)
            writer.WriteNumber("observedGeneration"u8, seen);
        writer.WriteString("lastTransitionTime"u8, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
