using System.Diagnostics.CodeAnalysis;

namespace OperatorKit.Models;

/// <summary>
/// An exact amount of CPU, memory, storage or anything countable, as in <c>500m</c>, <c>1.5Gi</c> or <c>3e6</c>: at most 2^63-1,
/// in steps of 10^-9; what is finer is rounded away from zero (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
/// Two quantities are equal when their amounts are, whatever their notation.
/// </summary>
public readonly struct Quantity : IComparable<Quantity>, IEquatable<Quantity>, IParsable<Quantity>
{
    private const long NanosPerUnit = 1_000_000_000;
    private const long NanosPerMilli = 1_000_000;

    private static readonly Int128 Highest = (Int128)long.MaxValue * NanosPerUnit;

    // Rounded down, and what is above it: in 16 bytes, which Int128 would need for itself alone. Caches are full of quantities.
    private readonly long _units;
    private readonly int _nanosAbove;

    internal Quantity(Int128 nanos, QuantityNotation notation)
    {
        (_units, _nanosAbove) = nanos >= long.MinValue && nanos <= long.MaxValue
            ? Split((long)nanos)
            : Split(Int128.Clamp(nanos, -Highest, Highest));
        Notation = notation;
    }

    /// <summary>A whole amount.</summary>
    /// <param name="value">The amount.</param>
    /// <param name="notation">How to write it. Default: with decimal suffixes.</param>
    public Quantity(long value, QuantityNotation notation = QuantityNotation.Decimal)
        : this((Int128)value * NanosPerUnit, notation)
    {
    }

    /// <summary>An amount as text.</summary>
    /// <param name="text">The amount, as in <c>1.5Gi</c>.</param>
    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public Quantity(string text) => this = Parse(text);

    /// <summary>How it is written.</summary>
    public QuantityNotation Notation { get; }

    /// <summary>The amount, rounded up to a whole number.</summary>
    public long Value => (long)DivideUp(Nanos, NanosPerUnit);

    /// <summary>The amount in thousandths, rounded up; <see cref="long.MaxValue"/> where that does not fit.</summary>
    public long MilliValue => (long)Int128.Clamp(DivideUp(Nanos, NanosPerMilli), long.MinValue, long.MaxValue);

    internal Int128 Nanos => ((Int128)_units * NanosPerUnit) + _nanosAbove;

    /// <summary>A quantity from its text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator Quantity(string text) => Parse(text);

    /// <summary>A whole amount.</summary>
    /// <param name="value">The amount.</param>
    public static implicit operator Quantity(long value) => new(value);

    /// <summary>The amount as a decimal number.</summary>
    /// <param name="value">The quantity.</param>
    public static explicit operator decimal(Quantity value) => (decimal)value.Nanos / NanosPerUnit;

    /// <summary>The amount as a floating point number.</summary>
    /// <param name="value">The quantity.</param>
    public static explicit operator double(Quantity value) => (double)value.Nanos / NanosPerUnit;

    /// <summary>The sum, in the notation of the left side, or of the right where the left is zero; held at the highest amount.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static Quantity operator +(Quantity left, Quantity right) =>
        new(left.Nanos + right.Nanos, left == default ? right.Notation : left.Notation);

    /// <summary>The difference, in the notation of the left side, or of the right where the left is zero.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static Quantity operator -(Quantity left, Quantity right) => left + -right;

    /// <summary>The opposite amount.</summary>
    /// <param name="value">A quantity.</param>
    public static Quantity operator -(Quantity value) => new(-value.Nanos, value.Notation);

    /// <summary>A multiple, held at the highest amount.</summary>
    /// <param name="value">A quantity.</param>
    /// <param name="factor">How many times.</param>
    public static Quantity operator *(Quantity value, int factor) => new(value.Nanos * factor, value.Notation);

    /// <summary>Whether the amounts are equal.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    /// <summary>Whether the amounts differ.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    /// <summary>Whether the left amount is less.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static bool operator <(Quantity left, Quantity right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is greater.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static bool operator >(Quantity left, Quantity right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is less or equal.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static bool operator <=(Quantity left, Quantity right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is greater or equal.</summary>
    /// <param name="left">A quantity.</param>
    /// <param name="right">A quantity.</param>
    public static bool operator >=(Quantity left, Quantity right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a quantity.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: quantities look the same everywhere.</param>
    /// <returns>The quantity.</returns>
    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public static Quantity Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var result)
            ? result
            : throw new FormatException($"\"{s}\" is not a quantity: write a number with a suffix, as in 500m, 2 or 1.5Gi.");
    }

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The quantity.</param>
    /// <returns>False when the text is not a quantity.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity result) => QuantityText.TryParse(text, out result);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Quantity result) => TryParse(s.AsSpan(), out result);

    /// <inheritdoc/>
    public int CompareTo(Quantity other) =>
        _units == other._units ? _nanosAbove.CompareTo(other._nanosAbove) : _units.CompareTo(other._units);

    /// <inheritdoc/>
    public bool Equals(Quantity other) => _units == other._units && _nanosAbove == other._nanosAbove;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_units, _nanosAbove);

    /// <summary>The canonical text: no fraction, no more than one suffix, the largest suffix that loses nothing.</summary>
    /// <returns>The text, as in <c>1500m</c>.</returns>
    public override string ToString() => QuantityText.Format(this);

    private static (long Units, int NanosAbove) Split(long nanos)
    {
        var (units, above) = Math.DivRem(nanos, NanosPerUnit);
        return above < 0 ? (units - 1, (int)(above + NanosPerUnit)) : (units, (int)above);
    }

    private static (long Units, int NanosAbove) Split(Int128 nanos)
    {
        var (units, above) = Int128.DivRem(nanos, NanosPerUnit);
        return above < 0 ? ((long)units - 1, (int)(above + NanosPerUnit)) : ((long)units, (int)above);
    }

    // The API rounds away from zero, so that a request is never made smaller.
    private static Int128 DivideUp(Int128 value, long divisor)
    {
        var (quotient, remainder) = Int128.DivRem(value, divisor);
        return remainder == 0 ? quotient : quotient + Int128.Sign(value);
    }
}

/// <summary>How a quantity is written.</summary>
public enum QuantityNotation
{
    /// <summary>With the suffixes n, u, m, k, M, G, T, P, E: powers of 1000.</summary>
    Decimal,

    /// <summary>With the suffixes Ki, Mi, Gi, Ti, Pi, Ei: powers of 1024. Fractions and amounts below 1024 are written in decimal.</summary>
    Binary,

    /// <summary>With an exponent, as in <c>3e6</c>.</summary>
    Exponent,
}
