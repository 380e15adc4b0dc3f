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
