namespace OperatorKit;

/// <summary>
/// What changed in an object since this process dealt with it last. The generated <c>{Kind}Change</c> adds one typed
/// <see cref="FieldChange{T}"/> a member of the spec.
/// </summary>
/// <typeparam name="TResource">The kind handled.</typeparam>
public abstract class ResourceChange<TResource>
    where TResource : CustomResource
{
    /// <summary>Compares two states of one object.</summary>
    /// <param name="previous">The object as it was handled last; null where that is not known.</param>
    /// <param name="current">The object now.</param>
    protected ResourceChange(TResource? previous, TResource current)
    {
        ArgumentNullException.ThrowIfNull(current);
        Previous = previous;
        Current = current;
    }

    /// <summary>The object as it was handled last; null after a restart of the operator.</summary>
    public TResource? Previous { get; }

    /// <summary>The object now.</summary>
    public TResource Current { get; }

    /// <summary>Compares one member.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <param name="select">Reads the member.</param>
    /// <param name="comparer">Decides whether two values are the same. Default: the type's own equality.</param>
    /// <returns>The two values and whether they differ.</returns>
    protected FieldChange<T> Field<T>(Func<TResource, T> select, IEqualityComparer<T>? comparer = null) =>
        FieldChange.Between(Previous, Current, select, comparer);
}
