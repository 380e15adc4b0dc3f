using System.Globalization;
using System.Text;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Testing.Assertions;

/// <summary>The Events of a namespace as <c>kubectl events</c> shows them.</summary>
internal static class EventListing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<string> DescribeAsync(KubernetesClient client, string? @namespace)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var events = await client.Events(@namespace).ListAsync(new ListOptions { OnInvalidObject = static _ => { } }, deadline.Token);
            return Describe(events);
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            // The failure that is being explained matters more.
            return $"The Events cannot be listed: {exception.Message}{Environment.NewLine}";
        }
    }

    private static string Describe(IReadOnlyList<Corev1Event> events)
    {
        if (events.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        text.AppendLine("Events:");
        foreach (var entry in events)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {entry.Type} {entry.Reason} {entry.InvolvedObject?.Kind}/{entry.InvolvedObject?.Name}: {entry.Message}");
        }

        return text.ToString();
    }
}
