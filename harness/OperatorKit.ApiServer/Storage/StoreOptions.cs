namespace OperatorKit.ApiServer.Storage;

internal sealed record StoreOptions
{
    /// <summary>Events a resource remembers, for watches that resume and for lists at an old revision.</summary>
    public int HistoryLength { get; init; } = 4096;

    /// <summary>Events that may wait for a watcher before it is dropped.</summary>
    public int SubscriptionCapacity { get; init; } = 16384;

    /// <summary>Objects that are kept as trees of values; the others rest as text.</summary>
    public int RecentObjects { get; init; } = 4096;

    /// <summary>Whether a write wakes its watchers on its own thread, see <see cref="Loops"/>.</summary>
    public bool WakeInline { get; init; }
}
