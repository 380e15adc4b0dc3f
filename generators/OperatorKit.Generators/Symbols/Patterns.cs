using System;
using System.Text.RegularExpressions;

namespace OperatorKit.Generators.Symbols;

/// <summary>Checks regular expressions against what the API server runs: RE2, which has no look-around and no back-references.</summary>
internal static class Patterns
{
    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                if (pattern[i + 1] is >= '1' and <= '9' or 'k')
                    return "the API server's engine (RE2) has no back-references";
                if (pattern[i + 1] is 'G' or 'Z')
                    return $"the API server's engine (RE2) does not know \\{pattern[i + 1]}";
                i++;
            }
            else if (pattern[i] == '[')
            {
                i = EndOfClass(pattern, i);
            }
            else if (At(pattern, i, "(?"))
            {
                if (At(pattern, i, "(?=") || At(pattern, i, "(?!") || At(pattern, i, "(?<=") || At(pattern, i, "(?<!"))
                    return "the API server's engine (RE2) has no look-ahead and no look-behind";
                if (At(pattern, i, "(?>") || At(pattern, i, "(?(") || At(pattern, i, "(?'") || At(pattern, i, "(?#"))
                    return $"the API server's engine (RE2) does not know {pattern.Substring(i, 3)}";
            }
        }

        return null;
    }

    /// <summary>DataAnnotations match the whole text, OpenAPI any part of it: this says the same to OpenAPI.</summary>
    public static string Anchor(string pattern)
        => pattern.Length > 1 && pattern[0] == '^' && pattern[pattern.Length - 1] == '$' && pattern[pattern.Length - 2] != '\\' && pattern.IndexOf('|') < 0
            ? pattern
            : $"^(?:{pattern})$";

    private static bool At(string pattern, int index, string text) => string.CompareOrdinal(pattern, index, text, 0, text.Length) == 0;

    private static int EndOfClass(string pattern, int start)
    {
        var i = start + 1;
        if (i < pattern.Length && pattern[i] == '^')
            i++;
        if (i < pattern.Length && pattern[i] == ']')
            i++;
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            if (pattern[i] == '\\')
                i++;
        }

        return i;
    }
}
