using OperatorKit.Serialization;

namespace OperatorKit;

/// <summary>What happened to one member of a spec between two runs of a handler.</summary>
/// <typeparam name="T">The member's type.</typeparam>
public readonly record struct FieldChange<T>
{
    /// <summary>A member whose earlier value is not known: the operator has restarted since.</summary>
    /// <param name="current">The value now.</param>
    public FieldChange(T current)
    {
        New = current;
        Changed = true;
    }

    /// <summary>A member whose earlier value is known.</summary>
    /// <param name="previous">The value before.</param>
    /// <param name="current">The value now.</param>
    /// <param name="changed">Whether the two differ.</param>
    public FieldChange(T previous, T current, bool changed)
    {
        Old = previous;
        New = current;
        OldIsKnown = true;
        Changed = changed;
    }

    /// <summary>The value that was handled last; the type's default where <see cref="OldIsKnown"/> is false.</summary>
    public T? Old { get; }

    /// <summary>The value now.</summary>
    public T New { get; }

    /// <summary>Whether this process has handled the object before, so that <see cref="Old"/> holds.</summary>
    public bool OldIsKnown { get; }

    /// <summary>Whether the value differs from the one handled last; true where that one is not known.</summary>
    public bool Changed { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        !Changed ? $"{New} (unchanged)" : OldIsKnown ? $"{Old} -> {New}" : $"? -> {New}";
}

/// <summary>Compares a member in two states of an object.</summary>
public static class FieldChange
{
    /// <summary>Compares a member, wherever it is in the object.</summary>
    /// <typeparam name="TResource">The kind.</typeparam>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="previous">The object as it was; null where that is not known.</param>
    /// <param name="current">The object now.</param>
    /// <param name="select">Reads the member.</param>
    /// <param name="comparer">Decides whether two values are the same. Default: the type's own equality.</param>
    /// <returns>The two values and whether they differ.</returns>
    public static FieldChange<T> Between<TResource, T>(TResource? previous, TResource current, Func<TResource, T> select, IEqualityComparer<T>? comparer = null)
        where TResource : class
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(select);
        var now = select(current);
        if (previous is null)
            return new FieldChange<T>(now);
        if (ReferenceEquals(previous, current))
            return new FieldChange<T>(now, now, changed: false);
        var before = select(previous);
        return new FieldChange<T>(before, now, !(comparer ?? EqualityComparer<T>.Default).Equals(before, now));
    }

    /// <summary>Compares a member by the JSON of the whole object: for types that only the assembly of the kind can write alone.</summary>
    /// <typeparam name="TResource">The kind.</typeparam>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="previous">The object as it was; null where that is not known.</param>
    /// <param name="current">The object now.</param>
    /// <param name="select">Reads the member.</param>
    /// <param name="path">Where the member is: JSON names, from the object down.</param>
    /// <returns>The two values and whether they differ.</returns>
    public static FieldChange<T> Between<TResource, T>(TResource? previous, TResource current, Func<TResource, T> select, IReadOnlyList<string> path)
        where TResource : class, IJsonModel<TResource>
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(select);
        ArgumentNullException.ThrowIfNull(path);
        var now = select(current);
        if (previous is null)
            return new FieldChange<T>(now);
        return new FieldChange<T>(select(previous), now, !ReferenceEquals(previous, current) && !JsonComparer.AreSame(previous, current, path));
    }
}
