using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>
/// Compiled patterns of schemas. They are RE2: no backtracking, so that a pattern of a user cannot stall the server,
/// and <c>$</c> is the very end of the text.
/// </summary>
internal static class Patterns
{
    /// <summary>Expressions can make patterns without end, so no more are kept than the schemas of a cluster plausibly have.</summary>
    private const int MaximumCompiled = 1_000;

    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    internal static int Kept => Compiled.Count;

    /// <exception cref="ArgumentException">The pattern is no regular expression, needs backtracking, or is too large.</exception>
    public static Regex Of(string pattern)
    {
        if (Compiled.TryGetValue(pattern, out var known))
            return known;
        if (Compiled.Count >= MaximumCompiled)
            Compiled.Clear();
        return Compiled[pattern] = Compile(pattern);
    }

    private static Regex Compile(string pattern)
    {
        var translated = EndAnchors(pattern);
        try
        {
            return new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            // RE2 has no look-around, back references or atomic groups either, and refuses what grows too large.
            throw new ArgumentException($"invalid or unsupported Perl syntax, or too large: `{pattern}`", nameof(pattern));
        }
    }

    /// <summary>.NET's <c>$</c> also stands before a last line break; <c>\z</c> is what Go means by it.</summary>
    private static string EndAnchors(string pattern)
    {
        if (!pattern.Contains('$', StringComparison.Ordinal) || pattern.Contains("(?m", StringComparison.Ordinal))
            return pattern;
        var result = new System.Text.StringBuilder(pattern.Length + 2);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                result.Append(c).Append(pattern[++i]);
                continue;
            }

            inClass = c switch
            {
                '[' => true,
                ']' => false,
                _ => inClass,
            };
            result.Append(c == '$' && !inClass ? "\\z" : c.ToString());
        }

        return result.ToString();
    }
}
