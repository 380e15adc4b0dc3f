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

    /// <summary>Whether two objects hold the same in one place.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="left">An object.</param>
    /// <param name="right">Another.</param>
    /// <param name="path">JSON names, from the object down. Nothing is the same as nothing.</param>
    /// <returns>Whether the JSON there is the same.</returns>
    public static bool AreSame<T>(T left, T right, IReadOnlyList<string> path)
        where T : IJsonModel<T>
    {
        ArgumentNullException.ThrowIfNull(path);
        using var one = JsonDocument.Parse(Write(T.WriteJson, left).WrittenMemory);
        using var other = JsonDocument.Parse(Write(T.WriteJson, right).WrittenMemory);
        var (here, there) = (At(one.RootElement, path), At(other.RootElement, path));
        return here is { } some && there is { } same ? JsonElement.DeepEquals(some, same) : here is null && there is null;
    }

    private static JsonElement? At(JsonElement element, IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

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
