using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Models;

namespace OperatorKit.Serialization;

/// <content>Scalars.</content>
public static partial class ModelReader
{
    private const int LongestQuantity = 128;

    /// <summary>Reads a string.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static string String(ref Utf8JsonReader reader)
    {
        ExpectString(ref reader);
        return StringPool.Take(ref reader);
    }

    /// <summary>Reads a string that is nearly always the same.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="usual">The value that need not be allocated.</param>
    /// <returns>The value.</returns>
    public static string String(ref Utf8JsonReader reader, string usual)
    {
        ExpectString(ref reader);
        var isUsual = reader.HasValueSequence || reader.ValueIsEscaped ? reader.ValueTextEquals(usual) : Ascii.Equals(reader.ValueSpan, usual);
        return isUsual ? usual : reader.GetString()!;
    }

    /// <summary>Reads a boolean.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static bool Boolean(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Unexpected(ref reader, "a boolean");

    /// <summary>Reads a number.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static byte Byte(ref Utf8JsonReader reader) => (byte)Integer(ref reader, byte.MinValue, byte.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static sbyte SByte(ref Utf8JsonReader reader) => (sbyte)Integer(ref reader, sbyte.MinValue, sbyte.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static short Int16(ref Utf8JsonReader reader) => (short)Integer(ref reader, short.MinValue, short.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static ushort UInt16(ref Utf8JsonReader reader) => (ushort)Integer(ref reader, ushort.MinValue, ushort.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static int Int32(ref Utf8JsonReader reader) => (int)Integer(ref reader, int.MinValue, int.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static uint UInt32(ref Utf8JsonReader reader) => (uint)Integer(ref reader, uint.MinValue, uint.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static long Int64(ref Utf8JsonReader reader) => Integer(ref reader, long.MinValue, long.MaxValue);

    /// <inheritdoc cref="Byte"/>
    public static ulong UInt64(ref Utf8JsonReader reader)
    {
        ExpectNumber(ref reader);
        return reader.TryGetUInt64(out var value) ? value : (ulong)Whole(ref reader, 0, ulong.MaxValue);
    }

    /// <inheritdoc cref="Byte"/>
    public static float Single(ref Utf8JsonReader reader)
    {
        ExpectNumber(ref reader);
        return reader.GetSingle();
    }

    /// <inheritdoc cref="Byte"/>
    public static double Double(ref Utf8JsonReader reader)
    {
        ExpectNumber(ref reader);
        return reader.GetDouble();
    }

    /// <inheritdoc cref="Byte"/>
    public static decimal Decimal(ref Utf8JsonReader reader)
    {
        ExpectNumber(ref reader);
        return reader.TryGetDecimal(out var value) ? value : throw new JsonException("the number is out of range");
    }

    /// <summary>Reads a URI, absolute or relative.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static Uri Uri(ref Utf8JsonReader reader) =>
        System.Uri.TryCreate(String(ref reader), UriKind.RelativeOrAbsolute, out var value) ? value : throw new JsonException("expected a URI");

    /// <summary>Reads a UUID.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static Guid Guid(ref Utf8JsonReader reader)
    {
        ExpectString(ref reader);
        return reader.TryGetGuid(out var value) ? value : throw new JsonException($"expected a UUID, found \"{reader.GetString()}\"");
    }

    /// <summary>Reads bytes in base64.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static byte[] Bytes(ref Utf8JsonReader reader)
    {
        ExpectString(ref reader);
        return reader.TryGetBytesFromBase64(out var value) ? value : throw new JsonException("expected base64");
    }

    /// <summary>Reads a quantity: a string, or a plain number.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static Quantity Quantity(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            throw Unexpected(ref reader, "a quantity");
        Span<char> text = stackalloc char[LongestQuantity];
        return TryCopy(ref reader, text, out var length) && Models.Quantity.TryParse(text[..length], out var value)
            ? value
            : throw new JsonException("expected a quantity: a number with a suffix, as in 500m, 2 or 1.5Gi");
    }

    /// <summary>Reads a number or a string.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static IntOrString IntOrString(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => Int32(ref reader),
        JsonTokenType.String => StringPool.Take(ref reader),
        _ => throw Unexpected(ref reader, "a number or a string"),
    };

    /// <summary>Reads any JSON.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static JsonElement RawJson(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    /// <inheritdoc cref="RawJson"/>
    public static JsonNode JsonNode(ref Utf8JsonReader reader) => System.Text.Json.Nodes.JsonNode.Parse(ref reader)!;

    /// <summary>Reads any JSON object.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value.</returns>
    public static JsonObject JsonObject(ref Utf8JsonReader reader) =>
        System.Text.Json.Nodes.JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("expected an object");

    private static void ExpectNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw Unexpected(ref reader, "a number");
    }

    private static long Integer(ref Utf8JsonReader reader, long lowest, long highest)
    {
        ExpectNumber(ref reader);
        if (!reader.TryGetInt64(out var value))
            return (long)Whole(ref reader, lowest, highest);
        return value >= lowest && value <= highest ? value : throw OutOfRange(lowest, highest);
    }

    // The API server takes 3.0 and 3e0 for an integer.
    private static decimal Whole(ref Utf8JsonReader reader, decimal lowest, decimal highest)
    {
        if (!reader.TryGetDecimal(out var value) || value < lowest || value > highest)
            throw OutOfRange(lowest, highest);
        return decimal.Truncate(value) == value ? value : throw new JsonException($"expected a whole number, found {value}");
    }

    private static JsonException OutOfRange(decimal lowest, decimal highest) => new($"the number is not between {lowest} and {highest}");

    // The characters of a string or number without an allocation; false when there are too many.
    private static bool TryCopy(ref Utf8JsonReader reader, scoped Span<char> text, out int length)
    {
        length = 0;
        if (reader.HasValueSequence ? reader.ValueSequence.Length > text.Length : reader.ValueSpan.Length > text.Length)
            return false;
        if (reader.TokenType == JsonTokenType.String)
            length = reader.CopyString(text);
        else if (reader.HasValueSequence)
            length = Encoding.ASCII.GetChars(reader.ValueSequence, text);
        else
            length = Encoding.ASCII.GetChars(reader.ValueSpan, text);
        return true;
    }
}
