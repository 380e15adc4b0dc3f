namespace OperatorKit.Caching;

/// <summary>What became of one cached object.</summary>
/// <typeparam name="T">The kind cached.</typeparam>
/// <param name="Key">Where the object is.</param>
/// <param name="Before">The object as it was; null where it is new.</param>
/// <param name="After">The object as it is; null where it is gone.</param>
/// <param name="Source">How the cache came to know.</param>
internal readonly record struct CacheChange<T>(ObjectKey Key, T? Before, T? After, ChangeSource Source)
    where T : class
{
    /// <summary>The controller that wrote it; null where <see cref="Source"/> is not <see cref="ChangeSource.OwnWrite"/>.</summary>
    public string? Writer { get; init; }

    /// <summary>The only version that the write changes; null where it changes any, and where <see cref="Source"/> is not <see cref="ChangeSource.OwnWrite"/>.</summary>
    public string? BasedOn { get; init; }

    /// <summary>The object, its last state where it is gone.</summary>
    public T Latest => After ?? Before!;
}

/// <summary>How a cache came to know a change.</summary>
internal enum ChangeSource
{
    /// <summary>The first list: nothing need have changed.</summary>
    FirstList,

    /// <summary>A watch event, or a later list.</summary>
    Watch,

    /// <summary>The answer of a write of this process.</summary>
    OwnWrite,
}
