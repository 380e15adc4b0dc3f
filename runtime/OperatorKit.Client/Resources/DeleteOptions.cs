namespace OperatorKit.Client;

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    /// <summary>What becomes of the objects that it owns. Default: the kind's, which is <see cref="DeletePropagation.Background"/> nearly everywhere.</summary>
    public DeletePropagation? Propagation { get; init; }

    /// <summary>Seconds that a pod has to stop. Default: the object's.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Deletes only the object with this uid; another one of the same name is a <see cref="ConflictException"/>.</summary>
    public string? PreconditionUid { get; init; }

    /// <summary>Deletes only at this version; any change since is a <see cref="ConflictException"/>.</summary>
    public string? PreconditionResourceVersion { get; init; }

    /// <summary>Validates and answers as usual, but deletes nothing. Default: false.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What becomes of the objects that a deleted object owns.</summary>
public enum DeletePropagation
{
    /// <summary>The object goes at once, those it owns soon after.</summary>
    Background,

    /// <summary>Those it owns go first.</summary>
    Foreground,

    /// <summary>Those it owns stay.</summary>
    Orphan,
}
