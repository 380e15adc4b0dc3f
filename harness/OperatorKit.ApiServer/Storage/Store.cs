using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// Everything the server remembers. One counter numbers all writes; a write names the state it was made from and is
/// refused when another came first. Readers get immutable tables and never wait for writers to finish their work.
/// </summary>
internal sealed class Store(StoreOptions options)
{
    private readonly Lock _gate = new();
    private readonly RecentObjects _recent = new(options.RecentObjects);
    private readonly Dictionary<GroupResource, ResourceLog> _logs = [];
    private Action<GroupResource, StoreEvent>? _observers;
    private TaskCompletionSource? _advanced;
    private long _revision = 1;

    /// <summary>The revision of the last write.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>
    /// Calls back for every event in order of revision, under the store's lock: the callback may only take a note of it.
    /// </summary>
    public void Observe(Action<GroupResource, StoreEvent> observer)
    {
        lock (_gate)
            _observers += observer;
    }

    public (ObjectTable Objects, long Revision) Read(GroupResource resource)
    {
        lock (_gate)
            return (Log(resource).Current, _revision);
    }

    public StoredObject? Find(GroupResource resource, string? ns, string name)
    {
        lock (_gate)
            return _logs.TryGetValue(resource, out var log) ? log.Current.Find(ns, name) : null;
    }

    /// <summary>The objects as they were at a revision, or null when it is out of the window.</summary>
    public ObjectTable? ReadAt(GroupResource resource, long revision)
    {
        lock (_gate)
            return Log(resource).At(revision);
    }

    /// <summary>
    /// Stores a new state of an object if it is still as <paramref name="expected"/> (null: it does not exist yet);
    /// null when it is not.
    /// </summary>
    public StoredObject? TryPut(GroupResource resource, string? ns, string name, JsonObject value, StoredObject? expected, object? writtenAs = null)
    {
        lock (_gate)
        {
            var log = Log(resource);
            if (!ReferenceEquals(log.Current.Find(ns, name), expected))
                return null;
            var stored = new StoredObject(ns, name, _revision + 1, StoredObject.Stamp(value, _revision + 1), writtenAs);
            stored.Value.RestAmong(_recent);
            Commit(resource, log, new StoreEvent(expected is null ? StoreEventType.Added : StoreEventType.Modified, stored, expected));
            return stored;
        }
    }

    /// <summary>Removes an object if it is still as expected; null when it is not.</summary>
    public StoredObject? TryRemove(GroupResource resource, StoredObject expected)
    {
        lock (_gate)
        {
            var log = Log(resource);
            if (!ReferenceEquals(log.Current.Find(expected.Namespace, expected.Name), expected))
                return null;
            var last = expected.At(_revision + 1);
            last.Value.RestAmong(_recent);
            Commit(resource, log, new StoreEvent(StoreEventType.Deleted, last, expected));
            return last;
        }
    }

    /// <summary>
    /// Begins a stream of events: those after <paramref name="after"/>, or from now on when it is null.
    /// Null when the events since then are no longer all known; <paramref name="oldest"/> says what is.
    /// </summary>
    public Subscription? Subscribe(GroupResource resource, long? after, out long oldest)
    {
        lock (_gate)
        {
            var log = Log(resource);
            oldest = log.OldestRevision;
            var backlog = after is { } revision ? log.Since(revision) : [];
            if (backlog is null)
                return null;
            var subscription = new Subscription(log.Current, _revision, backlog, options);
            log.Subscriptions.Add(subscription);
            return subscription;
        }
    }

    public void Unsubscribe(GroupResource resource, Subscription subscription)
    {
        lock (_gate)
            Log(resource).Subscriptions.Remove(subscription);
        subscription.Complete();
    }

    /// <summary>Begins the history of a resource now: watches from before are expired.</summary>
    public void Begin(GroupResource resource)
    {
        lock (_gate)
            Log(resource).Compact(_revision);
    }

    /// <summary>Ends every stream of a resource.</summary>
    public void Disconnect(GroupResource resource)
    {
        lock (_gate)
        {
            var subscriptions = Log(resource).Subscriptions;
            subscriptions.ForEach(static subscription => subscription.Complete());
            subscriptions.Clear();
        }
    }

    /// <summary>Forgets history: what needs an event at or before the revision (default: the last) finds it expired.</summary>
    public void Compact(long? revision = null)
    {
        lock (_gate)
        {
            foreach (var log in _logs.Values)
                log.Compact(Math.Min(revision ?? _revision, _revision));
        }
    }

    /// <summary>Waits until a revision was written.</summary>
    public async Task WaitForAsync(long revision, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task advanced;
            lock (_gate)
            {
                if (_revision >= revision)
                    return;
                _advanced ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                advanced = _advanced.Task;
            }

            await advanced.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Commit(GroupResource resource, ResourceLog log, StoreEvent change)
    {
        Volatile.Write(ref _revision, change.Revision);
        log.Append(change);
        _observers?.Invoke(resource, change);
        _advanced?.TrySetResult();
        _advanced = null;
    }

    private ResourceLog Log(GroupResource resource)
    {
        if (!_logs.TryGetValue(resource, out var log))
            _logs[resource] = log = new ResourceLog(options.HistoryLength, 0);
        return log;
    }
}
