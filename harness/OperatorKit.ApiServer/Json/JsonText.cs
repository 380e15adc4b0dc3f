using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OperatorKit.ApiServer.Json;

/// <summary>Writing of <see cref="JsonValue"/> as JSON text.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, Indented = true };

    public static byte[] ToUtf8(JsonValue value, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, indented ? Indented : Compact))
            Write(writer, value);
        return buffer.WrittenSpan.ToArray();
    }

    public static string ToCompactString(JsonValue value) => Encoding.UTF8.GetString(ToUtf8(value));

    public static void Write(Utf8JsonWriter writer, JsonValue value)
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
