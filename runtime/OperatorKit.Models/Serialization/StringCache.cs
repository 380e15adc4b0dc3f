using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace OperatorKit.Serialization;

/// <summary>
/// Strings that come again with every object and every version of it: keys of labels, phases, names, uids. A table of fixed
/// size without locks, whose entries overwrite each other: a miss costs an allocation and nothing else.
/// </summary>
internal static class StringCache
{
    private const int Size = 4096;
    private const int Longest = 64;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private static readonly string?[] Entries = new string?[Size];

    /// <summary>The string that the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length is 0 or > Longest)
            return reader.GetString()!;
        ref var entry = ref Entries[Slot(reader.ValueSpan)];
        var known = entry;
        if (known is not null && Ascii.Equals(reader.ValueSpan, known))
            return known;
        return entry = reader.GetString()!;
    }

    private static int Slot(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length;
        while (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (var b in text)
            rest = (rest << 8) | b;
        return (int)(Mix(hash ^ rest) % Size);
    }

    private static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 32);
    }
}
