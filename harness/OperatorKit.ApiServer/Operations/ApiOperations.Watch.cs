using System.Globalization;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

internal sealed partial class ApiOperations
{
    private static readonly TimeSpan ShortestDefaultWatch = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Streams events until the timeout of the options, cancellation, or an ERROR event.
    /// The stream begins when this returns: what is written later is not missed, however late it is read.
    /// </summary>
    /// <exception cref="StatusException">The options are wrong.</exception>
    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceTarget target, ListOptions options, CancellationToken cancellationToken)
    {
        var selection = new Selection(target, options);
        var after = RevisionText.Parse(options.ResourceVersion);
        var fromState = options.SendInitialEvents ?? (after is null or 0);
        var resource = target.Type.Storage;
        var subscription = store.Subscribe(resource, fromState ? null : after, out var oldest);
        if (subscription is null)
            return Expired(after!.Value, oldest);
        var watch = new Watch(target, options, selection, subscription, fromState, fromState ? subscription.Revision : after ?? subscription.Revision);
        return StreamAsync(watch, cancellationToken);
    }

    private async IAsyncEnumerable<WatchEvent> StreamAsync(Watch watch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (target, options) = (watch.Target, watch.Options);
        try
        {
            using var deadline = new CancellationTokenSource(options.Timeout ?? ShortestDefaultWatch * (1 + Random.Shared.NextDouble()), clock);
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            using var bookmarks = options.AllowWatchBookmarks ? new BookmarkTimer(BookmarkPeriod, options.Timeout, clock, ends.Token) : null;
            if (watch.FromState)
                await PrepareViewsAsync(target, watch.Subscription.Initial.In(target.Namespace), ends.Token).ConfigureAwait(false);
            foreach (var change in Initial(watch))
                yield return change;
            foreach (var change in watch.Subscription.Backlog)
            {
                await PrepareViewsAsync(target, States(change), ends.Token).ConfigureAwait(false);
                if (Event(watch, change) is { } shown)
                    yield return shown;
            }

            var seen = watch.Subscription.Revision;
            while (await NextAsync(watch, bookmarks, ends.Token).ConfigureAwait(false) is var next && next != Next.End)
            {
                if (next == Next.Bookmark)
                    yield return Bookmark(target, Math.Max(seen, watch.After));
                while (watch.Subscription.Events.TryRead(out var change))
                {
                    seen = change.Revision;
                    await PrepareViewsAsync(target, States(change), ends.Token).ConfigureAwait(false);
                    if (Event(watch, change) is { } shown)
                        yield return shown;
                }
            }
        }
        finally
        {
            store.Unsubscribe(target.Type.Storage, watch.Subscription);
        }
    }

    private static IEnumerable<WatchEvent> Initial(Watch watch)
    {
        if (!watch.FromState)
            yield break;
        foreach (var stored in watch.Subscription.Initial.In(watch.Target.Namespace))
        {
            var obj = Shown(watch.Target, stored);
            if (watch.Selection.Matches(stored, obj))
                yield return new WatchEvent("ADDED", obj);
        }

        if (watch.Options.AllowWatchBookmarks)
            yield return Bookmark(watch.Target, watch.Subscription.Revision, endsInitialEvents: true);
    }

    /// <summary>What a watcher sees of a change: it comes into the selection, changes in it, leaves it, or was never there.</summary>
    private static WatchEvent? Event(Watch watch, StoreEvent change)
    {
        if (change.Revision <= watch.After)
            return null;
        var obj = Shown(watch.Target, change.Object);
        var before = change.Previous is { } previous && watch.Selection.Matches(previous, Shown(watch.Target, previous));
        var now = change.Type != StoreEventType.Deleted && watch.Selection.Matches(change.Object, obj);
        return (before, now) switch
        {
            (false, true) => new WatchEvent("ADDED", obj),
            (true, true) => new WatchEvent("MODIFIED", obj),
            (true, false) => new WatchEvent("DELETED", change.Type == StoreEventType.Deleted ? obj : StoredObject.Stamp(Shown(watch.Target, change.Previous!), change.Revision)),
            _ => null,
        };
    }

    private static IEnumerable<StoredObject> States(StoreEvent change) => change.Previous is { } previous ? [change.Object, previous] : [change.Object];

    private async ValueTask<Next> NextAsync(Watch watch, BookmarkTimer? bookmarks, CancellationToken ends)
    {
        if (watch.Subscription.Events.TryPeek(out _))
            return ends.IsCancellationRequested ? Next.End : Next.Events;
        try
        {
            var next = await watch.Subscription.Events.WaitToReadAsync(bookmarks?.Token ?? ends).ConfigureAwait(false) ? Next.Events : Next.End;
            await Loops.LeaveWriterAsync().ConfigureAwait(false);
            return next;
        }
        catch (OperationCanceledException)
        {
            bookmarks?.Restart();
            return ends.IsCancellationRequested ? Next.End : Next.Bookmark;
        }
    }

    private static WatchEvent Bookmark(ResourceTarget target, long revision, bool endsInitialEvents = false)
    {
        var metadata = JsonObject.Of(("resourceVersion", revision.ToString(CultureInfo.InvariantCulture)));
        if (endsInitialEvents)
            metadata = metadata.With("annotations", JsonObject.Of(("k8s.io/initial-events-end", "true")));
        var empty = JsonObject.Of(("kind", target.Type.Kind), ("apiVersion", target.ApiVersion), ("metadata", metadata));
        // Upstream it is an object of the kind with nothing set, and some fields are written even then.
        return new WatchEvent("BOOKMARK", target.Type.IsCustom ? empty : TypedDecoder.Decode(empty, target.Version.Schema).Value);
    }

    private static async IAsyncEnumerable<WatchEvent> Expired(long asked, long oldest)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var message = string.Create(CultureInfo.InvariantCulture, $"too old resource version: {asked} ({oldest})");
        yield return new WatchEvent("ERROR", Failures.Expired(message).ToStatus());
    }

    private enum Next
    {
        Events,
        Bookmark,
        End,
    }

    /// <summary>One running watch.</summary>
    /// <param name="After">Events up to this revision are known to the client.</param>
    private sealed record Watch(ResourceTarget Target, ListOptions Options, Selection Selection, Subscription Subscription, bool FromState, long After);
}
