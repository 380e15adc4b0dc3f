using System.Collections.Concurrent;

namespace OperatorKit.Client;

/// <summary>Reports each distinct <c>Warning</c> header once.</summary>
internal sealed class ServerWarnings(Action<string>? report)
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);

    public void Report(HttpResponseMessage response)
    {
        if (report is null || !response.Headers.NonValidated.TryGetValues("Warning", out var values))
        {
            return;
        }

        foreach (var value in values)
        {
            // A warning may carry a name; past a bound they are no longer told apart, so that memory does not grow.
            if (Text(value) is { Length: > 0 } text && _reported.Count < Most && _reported.TryAdd(text, true))
            {
                report(text);
            }
        }
    }

    /// <summary>The text of <c>299 - "text"</c>.</summary>
    internal static string Text(string header)
    {
        var start = header.IndexOf('"', StringComparison.Ordinal);
        var end = header.LastIndexOf('"');
        return end <= start
            ? header
            : header[(start + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
