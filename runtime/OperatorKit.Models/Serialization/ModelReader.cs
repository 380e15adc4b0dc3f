using System.ComponentModel;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>Reads one JSON value. The reader stands on its first token, and on its last token afterwards.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="reader">The reader.</param>
/// <returns>The value.</returns>
public delegate T JsonRead<out T>(ref Utf8JsonReader reader);

/// <summary>What generated readers are made of: moving over the members of an object.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ModelReader
{
    /// <summary>Reads a whole document and gives its errors the path to where they are.</summary>
    /// <typeparam name="T">The type of the document.</typeparam>
    /// <param name="reader">The reader, on the first token of the document or before it.</param>
    /// <param name="read">Reads the outermost object.</param>
    /// <returns>The document.</returns>
    /// <exception cref="JsonException">The JSON does not fit the type; the message begins with the path.</exception>
    public static T Document<T>(ref Utf8JsonReader reader, JsonRead<T> read)
    {
        var start = reader;
        try
        {
            return read(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw JsonFault.Locate(start, reader.TokenStartIndex, exception);
        }
    }

    /// <summary>Expects the start of an object, and moves onto it when nothing has been read yet.</summary>
    /// <param name="reader">The reader.</param>
    public static void StartObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.None)
            reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Unexpected(ref reader, "an object");
    }

    /// <summary>Moves to the next member of an object.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The name in UTF-8, without escapes.</param>
    /// <returns>False at the end of the object.</returns>
    public static bool NextMember(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.Read())
            throw new JsonException("the JSON ends inside an object");
        if (reader.TokenType != JsonTokenType.PropertyName)
            return false;
        name = reader.ValueIsEscaped || reader.HasValueSequence ? Unescaped(ref reader) : reader.ValueSpan;
        return true;
    }

    /// <summary>Moves from the name of a member to its value.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>False when the value is null.</returns>
    public static bool Value(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("the JSON ends inside an object");
        return reader.TokenType != JsonTokenType.Null;
    }

    /// <summary>Moves over a member that nobody asked for.</summary>
    /// <param name="reader">The reader.</param>
    public static void Skip(ref Utf8JsonReader reader)
    {
        if (!reader.TrySkip())
            throw new JsonException("the JSON ends inside an object");
    }

    /// <summary>Expects a string.</summary>
    /// <param name="reader">The reader.</param>
    public static void ExpectString(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw Unexpected(ref reader, "a string");
    }

    /// <summary>The error for a string that is none of an enum's.</summary>
    /// <param name="reader">The reader, on the string.</param>
    /// <param name="allowed">The strings that are allowed, with commas between them.</param>
    /// <returns>The error to throw.</returns>
    public static JsonException UnknownValue(ref Utf8JsonReader reader, string allowed) =>
        new($"\"{reader.GetString()}\" is not one of: {allowed}");

    internal static JsonException Unexpected(ref Utf8JsonReader reader, string expected) =>
        new($"expected {expected}, found {Describe(reader.TokenType)}");

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    private static byte[] Unescaped(ref Utf8JsonReader reader)
    {
        var buffer = new byte[reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length];
        var length = reader.CopyString(buffer);
        return buffer[..length];
    }
}
