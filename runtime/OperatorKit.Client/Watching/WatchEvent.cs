namespace OperatorKit.Client;

/// <summary>A change that a watch has seen.</summary>
/// <typeparam name="T">The kind watched.</typeparam>
public readonly record struct WatchEvent<T>
    where T : class
{
    private readonly T? _object;

    /// <summary>Creates an event that carries an object.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="object">The object after it happened; for a deletion, its last state.</param>
    /// <param name="resourceVersion">The version of the event.</param>
    public WatchEvent(WatchEventType type, T @object, string resourceVersion)
    {
        Type = type;
        _object = @object;
        ResourceVersion = resourceVersion;
    }

    /// <summary>Creates a bookmark.</summary>
    /// <param name="resourceVersion">The version reached.</param>
    /// <param name="initialEventsEnd">Whether all objects there were have been sent.</param>
    public WatchEvent(string resourceVersion, bool initialEventsEnd = false)
    {
        Type = WatchEventType.Bookmark;
        ResourceVersion = resourceVersion;
        InitialEventsEnd = initialEventsEnd;
    }

    /// <summary>What happened.</summary>
    public WatchEventType Type { get; }

    /// <summary>The object after it happened; for a deletion, its last state.</summary>
    /// <exception cref="InvalidOperationException">The event is a bookmark: it has a version only.</exception>
    public T Object => _object ?? throw new InvalidOperationException("A bookmark carries a ResourceVersion and no object: look at Type first.");

    /// <summary>The version to resume from after this event.</summary>
    public string ResourceVersion { get; }

    /// <summary>Whether this bookmark ends the initial events of a watch with <see cref="WatchOptions.SendInitialEvents"/>.</summary>
    public bool InitialEventsEnd { get; }
}

/// <summary>What a watch event reports.</summary>
public enum WatchEventType
{
    /// <summary>The object is new, or has come to match the selectors.</summary>
    Added,

    /// <summary>The object has changed.</summary>
    Modified,

    /// <summary>The object is gone, or has ceased to match the selectors.</summary>
    Deleted,

    /// <summary>Nothing happened: all events up to the version have been sent.</summary>
    Bookmark,
}
