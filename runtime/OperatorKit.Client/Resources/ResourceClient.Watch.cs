using System.Runtime.CompilerServices;

namespace OperatorKit.Client;

public sealed partial class ResourceClient<T>
{
    /// <summary>
    /// Sends changes as they happen, until the server ends the watch after <see cref="WatchOptions.Timeout"/>.
    /// Go on with another watch from the last <see cref="WatchEvent{T}.ResourceVersion"/>.
    /// </summary>
    /// <param name="options">Which changes; null is all objects there are, then all changes.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The events, in the order in which they happened.</returns>
    /// <exception cref="ExpiredException">The version to start from is too old: list again.</exception>
    /// <exception cref="ClusterUnreachableException">The connection broke, or the server has not ended the watch in time.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        WatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new WatchOptions();
        var request = WatchRequest(options);
        using var deadline = new CancellationTokenSource(options.Timeout + options.Margin, _transport.Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await using var lines = await WatchLines.OpenAsync(_transport, request, deadline.Token, either.Token);
        while (await lines.ReadAsync())
        {
            if (WatchLine.Read<T>(lines.Current, request, _transport.Connection, options.OnInvalidObject) is { } change)
            {
                yield return change;
            }
        }
    }

    private ApiRequest WatchRequest(WatchOptions options)
    {
        var match = options.ResourceVersionMatch ?? (options.SendInitialEvents ? VersionMatch.NotOlderThan : null);
        var query = new QueryString()
            .Add("watch", "true")
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("resourceVersion", options.ResourceVersion)
            .Add("resourceVersionMatch", match?.ToString())
            .AddTrue("allowWatchBookmarks", options.AllowBookmarks || options.SendInitialEvents)
            .AddTrue("sendInitialEvents", options.SendInitialEvents)
            .Add("timeoutSeconds", (long)Math.Ceiling(options.Timeout.TotalSeconds));
        return Request(HttpMethod.Get, "watch", null, query: query.ToString()) with { IsRepeatable = true };
    }
}
