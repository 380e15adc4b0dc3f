namespace OperatorKit.Models;

/// <summary>A member of an apply record: unset, null and a value are three things. Unset leaves a field to others; null asks for its removal.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Optional<T>
{
    private readonly T _value;

    /// <summary>A member that is set.</summary>
    /// <param name="value">The value, which may be null.</param>
    public Optional(T value)
    {
        _value = value;
        IsSet = true;
    }

    /// <summary>Whether the member is set.</summary>
    public bool IsSet { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The member is not set.</exception>
    public T Value => IsSet ? _value : throw new InvalidOperationException("The member is not set: ask IsSet first, or use GetValueOrDefault.");

    /// <summary>Sets a member.</summary>
    /// <param name="value">The value, which may be null.</param>
    public static implicit operator Optional<T>(T value) => new(value);

    /// <summary>The value, or something else when the member is not set.</summary>
    /// <param name="fallback">What to give when it is not set.</param>
    /// <returns>The value or the fallback.</returns>
    public T GetValueOrDefault(T fallback = default!) => IsSet ? _value : fallback;

    /// <inheritdoc/>
    public override string ToString() => IsSet ? _value?.ToString() ?? "null" : "";
}
