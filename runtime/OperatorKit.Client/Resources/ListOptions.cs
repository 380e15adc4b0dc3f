namespace OperatorKit.Client;

/// <summary>Which objects a list returns, and how fresh they are.</summary>
public sealed record ListOptions
{
    /// <summary>Only objects with these labels, as in <c>app=web,tier in (a,b)</c>. Default: all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Only objects with these field values, as in <c>metadata.name=web</c>. Default: all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>The largest number of objects in a page. Default: no limit for a list, 500 for <see cref="ResourceClient{T}.ListPagesAsync"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>Where to go on: <see cref="ResourceList{T}.Continue"/> of the page before.</summary>
    public string? Continue { get; init; }

    /// <summary>The version to read at; <c>"0"</c> allows any that the server has at hand. Default: the newest.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>How <see cref="ResourceVersion"/> binds. Default: as the server decides, which is <see cref="VersionMatch.NotOlderThan"/>.</summary>
    public VersionMatch? ResourceVersionMatch { get; init; }

    /// <summary>
    /// Called for an object that does not fit its type, which is then left out of the list.
    /// Default: none, and such an object fails the list with an <see cref="InvalidObjectException"/>.
    /// </summary>
    public Action<InvalidObject>? OnInvalidObject { get; init; }
}

/// <summary>How a resource version binds a list or a watch (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions).</summary>
public enum VersionMatch
{
    /// <summary>Data at least as new as the version.</summary>
    NotOlderThan,

    /// <summary>Data at exactly the version, or an <see cref="ExpiredException"/>.</summary>
    Exact,
}
