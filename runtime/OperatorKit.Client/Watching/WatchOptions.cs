namespace OperatorKit.Client;

/// <summary>Which changes a watch sends, and from where on.</summary>
public sealed record WatchOptions
{
    /// <summary>Only objects with these labels, as in <c>app=web,tier in (a,b)</c>. Default: all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Only objects with these field values, as in <c>metadata.name=web</c>. Default: all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Changes after this version. Default: every object there is as <see cref="WatchEventType.Added"/>, then changes.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>How <see cref="ResourceVersion"/> binds; needed with <see cref="SendInitialEvents"/>.</summary>
    public VersionMatch? ResourceVersionMatch { get; init; }

    /// <summary>Sends a <see cref="WatchEventType.Bookmark"/> now and then, so that a watch can be resumed at a recent version. Default: false.</summary>
    public bool AllowBookmarks { get; init; }

    /// <summary>
    /// Sends the objects there are first, and then a bookmark with <see cref="WatchEvent{T}.InitialEventsEnd"/>: a list by watch.
    /// Sets <see cref="AllowBookmarks"/> and <see cref="ResourceVersionMatch"/> by itself. Default: false.
    /// </summary>
    public bool SendInitialEvents { get; init; }

    /// <summary>When the server ends the watch. Default: 290 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(290);

    /// <summary>How long after <see cref="Timeout"/> a watch that has not ended is given up as dead. Default: 10 seconds.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Called for an object that does not fit its type, whose event is then left out.
    /// Default: none, and such an object ends the watch with an <see cref="InvalidObjectException"/>.
    /// </summary>
    public Action<InvalidObject>? OnInvalidObject { get; init; }
}
