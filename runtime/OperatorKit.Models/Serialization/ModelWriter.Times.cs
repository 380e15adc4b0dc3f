using System.Globalization;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Serialization;

/// <content>Times, durations, quantities.</content>
public static partial class ModelWriter
{
    /// <summary>Writes an RFC 3339 time in whole seconds.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Time(Utf8JsonWriter writer, DateTime value)
    {
        Span<byte> text = stackalloc byte[Timestamps.SecondsLength];
        Timestamps.WriteSeconds(value, text);
        writer.WriteStringValue(text);
    }

    /// <summary>Writes an RFC 3339 time in whole seconds.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Time(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Time(writer, some);
    }

    /// <summary>Writes an RFC 3339 time in whole seconds.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void TimeOffset(Utf8JsonWriter writer, DateTimeOffset value) => Time(writer, value.UtcDateTime);

    /// <summary>Writes an RFC 3339 time in whole seconds.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void TimeOffset(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        TimeOffset(writer, some);
    }

    /// <summary>Writes an RFC 3339 time with six digits of a second.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void MicroTime(Utf8JsonWriter writer, DateTime value)
    {
        Span<byte> text = stackalloc byte[Timestamps.MicrosecondsLength];
        Timestamps.WriteMicroseconds(value, text);
        writer.WriteStringValue(text);
    }

    /// <summary>Writes an RFC 3339 time with six digits of a second.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void MicroTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        MicroTime(writer, some);
    }

    /// <summary>Writes a day, as in <c>2026-01-31</c>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Date(Utf8JsonWriter writer, DateOnly value)
    {
        Span<byte> text = stackalloc byte["yyyy-MM-dd".Length];
        value.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text);
    }

    /// <summary>Writes a day, as in <c>2026-01-31</c>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Date(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Date(writer, some);
    }

    /// <summary>Writes a duration in Go's notation.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Duration(Utf8JsonWriter writer, TimeSpan value) => writer.WriteStringValue(GoDuration.Format(value));

    /// <summary>Writes a duration in Go's notation.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Duration(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TimeSpan? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Duration(writer, some);
    }

    /// <summary>Writes a quantity.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void Quantity(Utf8JsonWriter writer, Quantity value) => writer.WriteStringValue(value.ToString());

    /// <summary>Writes a quantity.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void Quantity(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Quantity? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        Quantity(writer, some);
    }

    /// <summary>Writes a number or a string.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The value.</param>
    public static void IntOrString(Utf8JsonWriter writer, IntOrString value)
    {
        if (value.IsNumber)
            writer.WriteNumberValue(value.Number);
        else
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>Writes a number or a string.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">The value.</param>
    public static void IntOrString(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IntOrString? value)
    {
        if (value is not { } some)
            return;
        writer.WritePropertyName(name);
        IntOrString(writer, some);
    }
}
