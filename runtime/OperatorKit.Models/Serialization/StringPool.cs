using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>
/// Gives equal short strings of a stream of objects the same instance: label keys, names of namespaces and images, reasons.
/// A table of fixed size in which a newer string takes the place of an older one; a lost race costs an allocation, no more.
/// </summary>
internal static class StringPool
{
    private const int Longest = 64;
    private const int Size = 4096;

    private static readonly string?[] Strings = new string?[Size];

    /// <summary>Takes the string that the reader stands on.</summary>
    /// <param name="reader">The reader, on a string or a member's name.</param>
    /// <returns>The string.</returns>
    public static string Take(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > Longest)
            return reader.GetString()!;
        var text = reader.ValueSpan;
        ref var pooled = ref Strings[Hash(text) & (Size - 1)];
        var found = pooled;
        if (found is not null && Ascii.Equals(text, found))
            return found;
        return pooled = reader.GetString()!;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length;
        while (text.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * Multiplier;
            text = text[sizeof(ulong)..];
        }

        foreach (var value in text)
            hash = (hash ^ value) * Multiplier;
        return (uint)(hash >> 32);
    }
}
