using System.Collections;

namespace OperatorKit.Client;

/// <summary>The objects that a list returned, with the version that they were read at.</summary>
/// <typeparam name="T">The kind listed.</typeparam>
public sealed record ResourceList<T> : IReadOnlyList<T>
    where T : class
{
    /// <summary>The objects.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The version of the list: a watch from here misses nothing.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? Continue { get; init; }

    /// <summary>How many objects follow this page, where the server says so.</summary>
    public long? RemainingItemCount { get; init; }

    /// <inheritdoc/>
    public int Count => Items.Count;

    /// <inheritdoc/>
    public T this[int index] => Items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
