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

    /// <summary>How Go's strconv says that a text is no revision.</summary>
    public static string SyntaxError(string text) => NotANumber("ParseUint", text);

    /// <summary>How a function of Go's strconv says that a text is no number, or one that does not fit.</summary>
    public static string NotANumber(string function, string text)
    {
        var digits = function == "ParseInt" && text.Length > 1 && text[0] is '-' or '+' ? text.AsSpan(1) : text;
        return $"strconv.{function}: parsing \"{text}\": {(digits.ContainsAnyExceptInRange('0', '9') ? "invalid syntax" : "value out of range")}";
    }
}
