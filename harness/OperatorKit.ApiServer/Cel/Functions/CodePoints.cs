using System.Text;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Strings by code points, which is how CEL counts.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
                count--;
        }

        return count;
    }

    public static Rune[] Of(string text) => [.. text.EnumerateRunes()];

    public static string Text(ReadOnlySpan<Rune> runes)
    {
        var text = new StringBuilder(runes.Length);
        foreach (var rune in runes)
            text.Append(rune);
        return text.ToString();
    }
}
