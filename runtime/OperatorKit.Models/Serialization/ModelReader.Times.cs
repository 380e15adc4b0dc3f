using System.Globalization;
using System.Text.Json;
using OperatorKit.Models;

namespace OperatorKit.Serialization;

/// <content>Times and durations.</content>
public static partial class ModelReader
{
    /// <summary>Reads an RFC 3339 time.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The time in UTC.</returns>
    public static DateTime Time(ref Utf8JsonReader reader) => TimeOffset(ref reader).UtcDateTime;

    /// <inheritdoc cref="Time"/>
    public static DateTime MicroTime(ref Utf8JsonReader reader) => TimeOffset(ref reader).UtcDateTime;

    /// <summary>Reads an RFC 3339 time.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The time with the offset that it is written with.</returns>
    public static DateTimeOffset TimeOffset(ref Utf8JsonReader reader)
    {
        ExpectString(ref reader);
        if (reader.TryGetDateTimeOffset(out var value))
            return value;
        throw new JsonException($"\"{reader.GetString()}\" is not a time: write it as 2026-01-31T23:59:59Z");
    }

    /// <summary>Reads a day, as in <c>2026-01-31</c> (RFC 3339, full-date).</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The day.</returns>
    public static DateOnly Date(ref Utf8JsonReader reader)
    {
        ExpectString(ref reader);
        var text = reader.GetString()!;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw new JsonException($"\"{text}\" is not a day: write it as 2026-01-31");
    }

    /// <summary>Reads a duration in Go's notation, as in <c>1h30m</c>.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The duration.</returns>
    public static TimeSpan Duration(ref Utf8JsonReader reader)
    {
        ExpectString(ref reader);
        var text = reader.GetString()!;
        return GoDuration.TryParse(text, out var value)
            ? value
            : throw new JsonException($"\"{text}\" is not a duration: write it as 1h30m, 45s or 250ms");
    }
}
