namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// The current objects of one resource and its recent events. As each event holds the object before it, the table at any
/// revision inside the window is found by undoing. Not thread-safe: the store's lock guards it.
/// </summary>
internal sealed class ResourceLog(int capacity, long startRevision)
{
    private readonly Queue<StoreEvent> _events = new();

    public ObjectTable Current { get; private set; } = ObjectTable.Empty;

    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>Everything after this revision is known; what led up to it may be forgotten.</summary>
    public long OldestRevision { get; private set; } = startRevision;

    public void Append(StoreEvent change)
    {
        Current = change.Type == StoreEventType.Deleted ? Current.Without(change.Object) : Current.With(change.Object);
        _events.Enqueue(change);
        if (_events.Count > capacity)
            OldestRevision = _events.Dequeue().Revision;
        for (var i = Subscriptions.Count - 1; i >= 0; i--)
        {
            if (!Subscriptions[i].TryPublish(change))
                Subscriptions.RemoveAt(i);
        }
    }

    public void Compact(long revision)
    {
        while (_events.TryPeek(out var oldest) && oldest.Revision <= revision)
            _events.Dequeue();
        OldestRevision = Math.Max(OldestRevision, revision);
    }

    /// <summary>The events after a revision, or null when some of them are forgotten.</summary>
    public StoreEvent[]? Since(long revision) => revision < OldestRevision ? null : [.. _events.Where(change => change.Revision > revision)];

    /// <summary>The table as it was at a revision, or null when that is forgotten.</summary>
    public ObjectTable? At(long revision)
    {
        if (Since(revision) is not { } later)
            return null;
        var table = Current;
        for (var i = later.Length - 1; i >= 0; i--)
            table = later[i].Previous is { } previous ? table.With(previous) : table.Without(later[i].Object);
        return table;
    }
}
