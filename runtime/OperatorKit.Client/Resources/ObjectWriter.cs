using System.Buffers;
using System.Text.Json;

namespace OperatorKit.Client;

/// <summary>Writes a request body.</summary>
internal static class ObjectWriter
{
    /// <summary>A buffer that has grown beyond this is not kept.</summary>
    private const int LargestKept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes into memory of its own: a cancelled request may still be reading it, so it is not pooled.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        // Taken away while in use: what is written may be made by writing something else.
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(1024);
        var writer = _writer ?? new Utf8JsonWriter(buffer, Options);
        _buffer = null;
        _writer = null;
        write(writer);
        writer.Flush();
        var body = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            _buffer = buffer;
            _writer = writer;
        }

        return body;
    }
}
