using System.Text;

namespace OperatorKit.ApiServer.Json;

/// <summary>
/// The short strings that nearly every object holds - names of members, kinds, versions, managers - once instead of once an object.
/// A table of fixed size that forgets: two strings that fall into one place take turns.
/// </summary>
internal sealed class SharedStrings
{
    private const int Places = 4096;
    private const int Longest = 40;

    private readonly string?[] _strings = new string?[Places];

    /// <summary>The text of some UTF-8; invalid bytes are replaced.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > Longest)
            return Encoding.UTF8.GetString(utf8);
        ref var place = ref _strings[Place(utf8)];
        // Whoever reads this without a lock sees some whole string or none.
        return place is { } known && Ascii.Equals(utf8, known) ? known : place = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>A prefix and a text as one string.</summary>
    public string Of(string prefix, string text)
    {
        var length = prefix.Length + text.Length;
        if (length > Longest)
            return prefix + text;
        ref var place = ref _strings[(Hash(text) + (uint)prefix.Length) % Places];
        return place is { } known && known.Length == length && known.StartsWith(prefix, StringComparison.Ordinal) && known.EndsWith(text, StringComparison.Ordinal)
            ? known
            : place = prefix + text;
    }

    private static uint Place(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var value in utf8)
            hash = (hash ^ value) * 16777619u;
        return hash % Places;
    }

    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        return hash;
    }
}
