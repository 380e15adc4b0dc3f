using System.Globalization;
using System.Text;

namespace OperatorKit.Testing.Assertions;

/// <summary>The end of an embedded server's timeline, as far as it concerns a namespace.</summary>
internal static class ServerTimeline
{
    private const int Shown = 80;

    public static string Describe(ApiServer.Timeline timeline, string? @namespace)
    {
        var lines = timeline.Entries.Select(static entry => entry.ToString());
        if (@namespace is not null)
        {
            lines = lines.Where(line => line.Contains(@namespace, StringComparison.Ordinal));
        }

        string[] last = [.. lines.TakeLast(Shown)];
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"The last {last.Length} requests and changes:");
        foreach (var line in last)
        {
            text.Append("  ").AppendLine(line);
        }

        return text.ToString();
    }
}
