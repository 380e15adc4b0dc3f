using System.Globalization;
using System.Text.RegularExpressions;

namespace OperatorKit.Generators.Symbols;

/// <summary>Checks regular expressions against what the API server runs: RE2, which has no look-around and no back-references.</summary>
internal static class Patterns
{
    /// <summary>RE2 repeats nothing more often.</summary>
    private const int MaxRepeat = 1000;

    /// <summary>RE2's classes by name, as in <c>[[:alpha:]]</c>.</summary>
    private static readonly Regex NamedClass = new(@"\G\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]", RegexOptions.CultureInvariant);

    private static readonly Regex Repeat = new(@"\G\{(\d+)(?:,(\d*))?\}", RegexOptions.CultureInvariant);

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? Problem(string pattern)
    {
        var open = 0;
        var repeats = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '*' or '+' or '?' && !repeats)
                return $"its \"{pattern[i]}\" repeats nothing";
            repeats = pattern[i] is not ('(' or '|');
            switch (pattern[i])
            {
                case '\\':
                    if (EscapeProblem(pattern, i) is { } escape)
                        return escape;
                    i++;
                    break;
                case '[':
                    var end = EndOfClass(pattern, i);
                    if (end >= pattern.Length)
                        return "its \"[\" is not closed";
                    i = end;
                    break;
                case '(':
                    if (GroupProblem(pattern, i) is { } group)
                        return group;
                    open++;
                    if (At(pattern, i, "(?"))
                        i++;
                    break;
                case ')' when --open < 0:
                    return "its \")\" closes nothing";
                case '{' when RepeatProblem(pattern, i) is { } repeat:
                    return repeat;
            }
        }

        return open > 0 ? "its \"(\" is not closed" : null;
    }

    /// <summary>DataAnnotations match the whole text, OpenAPI any part of it: this says the same to OpenAPI.</summary>
    public static string Anchor(string pattern)
        => pattern.Length > 1 && pattern[0] == '^' && pattern[pattern.Length - 1] == '$' && pattern[pattern.Length - 2] != '\\' && pattern.IndexOf('|') < 0
            ? pattern
            : $"^(?:{pattern})$";

    private static string? EscapeProblem(string pattern, int index)
    {
        if (index + 1 == pattern.Length)
            return "it ends in a \"\\\"";
        return pattern[index + 1] switch
        {
            >= '1' and <= '9' or 'k' => "the API server's engine (RE2) has no back-references",
            'G' or 'Z' or 'K' or 'X' or 'R' or 'u' or 'c' or 'e' => $"the API server's engine (RE2) does not know \\{pattern[index + 1]}",
            _ => null,
        };
    }

    private static string? GroupProblem(string pattern, int index)
    {
        if (!At(pattern, index, "(?"))
            return null;
        if (At(pattern, index, "(?=") || At(pattern, index, "(?!") || At(pattern, index, "(?<=") || At(pattern, index, "(?<!"))
            return "the API server's engine (RE2) has no look-ahead and no look-behind";
        return At(pattern, index, "(?>") || At(pattern, index, "(?(") || At(pattern, index, "(?'") || At(pattern, index, "(?#")
            ? $"the API server's engine (RE2) does not know {pattern.Substring(index, 3)}"
            : null;
    }

    private static string? RepeatProblem(string pattern, int index)
    {
        if (Repeat.Match(pattern, index) is not { Success: true } match)
            return null; // A brace that stands for itself.
        var most = match.Groups[2].Success && match.Groups[2].Length > 0 ? match.Groups[2].Value : match.Groups[1].Value;
        return most.Length > 4 || int.Parse(most, CultureInfo.InvariantCulture) > MaxRepeat ? $"the API server's engine (RE2) repeats nothing more than {MaxRepeat} times: use [MaxLength]" : null;
    }

    private static bool At(string pattern, int index, string text) => string.CompareOrdinal(pattern, index, text, 0, text.Length) == 0;

    /// <summary>The bracket that closes a class; the length of the pattern where none does.</summary>
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
            else if (NamedClass.Match(pattern, i) is { Success: true } name)
                i += name.Length - 1;
        }

        return i;
    }
}
