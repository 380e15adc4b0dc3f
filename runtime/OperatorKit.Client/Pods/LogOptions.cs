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

    /// <summary>Puts the time before each line. Default: false.</summary>
    public bool Timestamps { get; init; }
}
