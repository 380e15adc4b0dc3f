using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.Serialization;

/// <content>Scalars.</content>
public static partial class ModelWriter
{
    /// <summary>Writes a string.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void String(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    /// <summary>Writes a string.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void String(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        String(writer, some);
    }

    /// <summary>Writes a boolean.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Boolean(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    /// <summary>Writes a boolean.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Boolean(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Boolean(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Byte(Utf8JsonWriter writer, byte value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Byte(Utf8JsonWriter writer, ReadOnlySpan<byte> name, byte? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Byte(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void SByte(Utf8JsonWriter writer, sbyte value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void SByte(Utf8JsonWriter writer, ReadOnlySpan<byte> name, sbyte? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        SByte(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Int16(Utf8JsonWriter writer, short value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Int16(Utf8JsonWriter writer, ReadOnlySpan<byte> name, short? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Int16(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void UInt16(Utf8JsonWriter writer, ushort value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void UInt16(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ushort? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        UInt16(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Int32(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Int32(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Int32(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void UInt32(Utf8JsonWriter writer, uint value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void UInt32(Utf8JsonWriter writer, ReadOnlySpan<byte> name, uint? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        UInt32(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Int64(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Int64(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Int64(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void UInt64(Utf8JsonWriter writer, ulong value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void UInt64(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        UInt64(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Single(Utf8JsonWriter writer, float value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Single(Utf8JsonWriter writer, ReadOnlySpan<byte> name, float? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Single(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Double(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Double(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Double(writer, some);
    }

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Decimal(Utf8JsonWriter writer, decimal value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Decimal(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Decimal(writer, some);
    }

    /// <summary>Writes a URI.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Uri(Utf8JsonWriter writer, Uri value) => writer.WriteStringValue(value.OriginalString);

    /// <summary>Writes a URI.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Uri(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Uri? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Uri(writer, some);
    }

    /// <summary>Writes a UUID.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Guid(Utf8JsonWriter writer, Guid value) => writer.WriteStringValue(value);

    /// <summary>Writes a UUID.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Guid(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Guid(writer, some);
    }

    /// <summary>Writes bytes in base64.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Bytes(Utf8JsonWriter writer, byte[] value) => writer.WriteBase64StringValue(value);

    /// <summary>Writes bytes in base64.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Bytes(Utf8JsonWriter writer, ReadOnlySpan<byte> name, byte[]? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Bytes(writer, some);
    }

    /// <summary>Writes any JSON.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void RawJson(Utf8JsonWriter writer, JsonElement value) => value.WriteTo(writer);

    /// <summary>Writes any JSON.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void RawJson(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        RawJson(writer, some);
    }

    /// <summary>Writes any JSON.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void JsonNode(Utf8JsonWriter writer, JsonNode value) => value.WriteTo(writer);

    /// <summary>Writes any JSON.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void JsonNode(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonNode? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        JsonNode(writer, some);
    }

    /// <summary>Writes any JSON object.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void JsonObject(Utf8JsonWriter writer, JsonObject value) => value.WriteTo(writer);

    /// <summary>Writes any JSON object.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void JsonObject(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonObject? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        JsonObject(writer, some);
    }
}
