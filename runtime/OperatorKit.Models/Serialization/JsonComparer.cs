using System.Buffers;
using System.ComponentModel;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>Compares records and collections by content: two values are the same where their JSON is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonComparer
{
    /// <summary>A comparer for values that <paramref name="write"/> can write.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="write">Writes a value that is not null.</param>
    /// <returns>The comparer.</returns>
    public static IEqualityComparer<T> Of<T>(JsonWrite<T> write) => EqualityComparer<T>.Create(
        (left, right) => left is null || right is null
            ? left is null && right is null
            : ReferenceEquals(left, right) || Write(write, left).WrittenSpan.SequenceEqual(Write(write, right).WrittenSpan),
        value => value is null ? 0 : HashOf(Write(write, value).WrittenSpan));

    private static ArrayBufferWriter<byte> Write<T>(JsonWrite<T> write, T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        write(writer, value);
        writer.Flush();
        return buffer;
    }

    private static int HashOf(ReadOnlySpan<byte> json)
    {
        var hash = new HashCode();
        hash.AddBytes(json);
        return hash.ToHashCode();
    }
}
