using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.Client;

/// <summary>One operation of a JSON patch (RFC 6902).</summary>
public sealed class JsonPatchOperation
{
    private readonly string _operation;
    private readonly string _path;
    private readonly string? _from;
    private readonly JsonNode? _value;

    private JsonPatchOperation(string operation, string path, string? from, JsonNode? value)
    {
        _operation = operation;
        _path = path;
        _from = from;
        _value = value;
    }

    /// <summary>Adds a member, or inserts into a list.</summary>
    /// <param name="path">JSON pointer, as in <c>/metadata/finalizers/-</c>.</param>
    /// <param name="value">What to add.</param>
    /// <returns>The operation.</returns>
    public static JsonPatchOperation Add(string path, JsonNode? value) => new("add", path, null, value);

    /// <summary>Replaces what is there.</summary>
    /// <param name="path">JSON pointer.</param>
    /// <param name="value">The new value.</param>
    /// <returns>The operation.</returns>
    public static JsonPatchOperation Replace(string path, JsonNode? value) => new("replace", path, null, value);

    /// <summary>Fails the whole patch when the value there is another.</summary>
    /// <param name="path">JSON pointer.</param>
    /// <param name="value">The value expected.</param>
    /// <returns>The operation.</returns>
    public static JsonPatchOperation Test(string path, JsonNode? value) => new("test", path, null, value);

    /// <summary>Removes what is there.</summary>
    /// <param name="path">JSON pointer.</param>
    /// <returns>The operation.</returns>
    public static JsonPatchOperation Remove(string path) => new("remove", path, null, null);

    /// <summary>Moves a value.</summary>
    /// <param name="from">JSON pointer to where it is.</param>
    /// <param name="path">JSON pointer to where it goes.</param>
    /// <returns>The operation.</returns>
    public static JsonPatchOperation Move(string from, string path) => new("move", path, from, null);

    /// <summary>Copies a value.</summary>
    /// <param name="from">JSON pointer to where it is.</param>
    /// <param name="path">JSON pointer to where it goes.</param>
    /// <returns>The operation.</returns>
    public static JsonPatchOperation Copy(string from, string path) => new("copy", path, from, null);

    /// <summary>Writes a member name so that it can stand in a JSON pointer: <c>example.com/name</c> becomes <c>example.com~1name</c>.</summary>
    /// <param name="member">The member's name.</param>
    /// <returns>The name, escaped.</returns>
    public static string Escape(string member) =>
        member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    internal static ReadOnlyMemory<byte> WriteAll(ReadOnlySpan<JsonPatchOperation> operations)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var operation in operations)
        {
            operation.Write(writer);
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("op"u8, _operation);
        writer.WriteString("path"u8, _path);
        if (_from is not null)
        {
            writer.WriteString("from"u8, _from);
        }

        if (_operation is "add" or "replace" or "test")
        {
            writer.WritePropertyName("value"u8);
            if (_value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                _value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
