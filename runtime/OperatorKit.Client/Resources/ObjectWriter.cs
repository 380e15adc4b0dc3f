using System.Buffers;
using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Writes a request body.</summary>
internal static class ObjectWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>Writes into memory of its own: a cancelled request may still be reading it, so it is not pooled.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Options);
        write(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
