using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OperatorKit.ApiServer.Json;

/// <summary>Writing of <see cref="JsonValue"/> as JSON text.</summary>
internal static class JsonText
{
    /// <summary>The largest buffer that a thread keeps.</summary>
    private const int LargestKept = 256 * 1024;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, Indented = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The text in UTF-8, on one line unless it is to be indented.</summary>
    public static byte[] ToUtf8(JsonValue value, bool indented = false)
    {
        if (!indented)
            return Encode(value, endOfLine: false);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            Write(writer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The text on one line, and the end of that line.</summary>
    public static byte[] ToUtf8Line(JsonValue value) => Encode(value, endOfLine: true);

    public static string ToCompactString(JsonValue value) => Encoding.UTF8.GetString(ToUtf8(value));

    private static byte[] Encode(JsonValue value, bool endOfLine)
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(1024);
        var writer = _writer ?? new Utf8JsonWriter(buffer, Compact);
        // While these are written to, an object that is looked at may send another one to rest: that one is written on this thread too.
        (_buffer, _writer) = (null, null);
        buffer.ResetWrittenCount();
        writer.Reset();
        Write(writer, value);
        writer.Flush();
        if (endOfLine)
            buffer.Write("\n"u8);
        var text = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= LargestKept)
            (_buffer, _writer) = (buffer, writer);
        return text;
    }

    private static void Write(Utf8JsonWriter writer, JsonValue value)
    {
        switch (value)
        {
            case JsonNull:
                writer.WriteNullValue();
                break;
            case JsonBool boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case JsonNumber number:
                writer.WriteRawValue(number.Token, skipInputValidation: true);
                break;
            case JsonString text:
                writer.WriteStringValue(text.Value);
                break;
            case JsonArray array:
                writer.WriteStartArray();
                foreach (var item in array)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonObject { Text: { IsEmpty: false } known } when !writer.Options.Indented:
                writer.WriteRawValue(known, skipInputValidation: true);
                break;
            case JsonObject obj:
                writer.WriteStartObject();
                foreach (var (key, member) in obj)
                {
                    writer.WritePropertyName(key);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
