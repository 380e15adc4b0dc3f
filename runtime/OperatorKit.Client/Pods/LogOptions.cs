namespace OperatorKit.Client;

/// <summary>Which lines of a container's log to read.</summary>
public sealed record LogOptions
{
    /// <summary>The container. Default: the only one of the pod.</summary>
    public string? Container { get; init; }

    /// <summary>Goes on as lines are written. Default: false.</summary>
    public bool Follow { get; init; }

    /// <summary>The log of the container before its last restart. Default: false.</summary>
    public bool Previous { get; init; }

    /// <summary>Only this many lines from the end. Default: all.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only lines of the last so many seconds. Default: all.</summary>
    public int? SinceSeconds { get; init; }

    /// <summary>Only lines from a moment on, as where an earlier reading broke off; to the second, and not with <see cref="SinceSeconds"/>. Default: all.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>Ends after so many bytes, in the middle of a line if need be. Default: no limit.</summary>
    public int? LimitBytes { get; init; }

    /// <summary>Puts the time before each line. Default: false.</summary>
    public bool Timestamps { get; init; }
}
