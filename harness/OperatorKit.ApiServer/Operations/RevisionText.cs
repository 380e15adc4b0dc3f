using System.Globalization;
using OperatorKit.ApiServer.Errors;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Resource versions as clients send them.</summary>
internal static class RevisionText
{
    /// <summary>The revision, or null for the empty string.</summary>
    /// <exception cref="StatusException">It is not a number.</exception>
    public static long? Parse(string text)
    {
        if (text.Length == 0)
            return null;
        return TryParse(text, out var revision) ? revision : throw Failures.Unreasoned($"resourceVersion: Invalid value: \"{text}\": {SyntaxError(text)}");
    }

    public static bool TryParse(string text, out long revision) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out revision);

    /// <summary>How Go's strconv says it.</summary>
    public static string SyntaxError(string text) => $"strconv.ParseUint: parsing \"{text}\": invalid syntax";
}
