using System.Text.RegularExpressions;

namespace OperatorKit.ApiServer.Requests;

/// <summary>Durations as Go writes them: <c>1m30s</c>.</summary>
internal static partial class QueryDuration
{
    /// <summary>What Go would say about the text, or null when it is a duration or empty.</summary>
    public static string? Problem(string text)
    {
        if (text.Length == 0 || text == "0" || Format().IsMatch(text))
            return null;
        var unit = FirstBadUnit().Match(text) is { Success: true } match ? match.Groups["unit"].Value : null;
        return unit switch
        {
            null => $"time: invalid duration {GoQuoted.Of(text)}",
            "" => $"time: missing unit in duration {GoQuoted.Of(text)}",
            _ => $"time: unknown unit {GoQuoted.Of(unit)} in duration {GoQuoted.Of(text)}",
        };
    }

    [GeneratedRegex(@"^[-+]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))+$", RegexOptions.NonBacktracking)]
    private static partial Regex Format();

    [GeneratedRegex(@"^[-+]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))*([0-9]+(\.[0-9]*)?|\.[0-9]+)(?<unit>[^0-9.]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FirstBadUnit();
}
