namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>A cost or a size that is known within bounds. Arithmetic stops at the largest number instead of overflowing.</summary>
internal readonly record struct CelEstimate(ulong Min, ulong Max)
{
    public static CelEstimate Unknown { get; } = new(0, ulong.MaxValue);

    public static CelEstimate Nothing { get; }

    public static CelEstimate One { get; } = Exactly(1);

    public static CelEstimate Exactly(ulong value) => new(value, value);

    public static CelEstimate operator +(CelEstimate left, CelEstimate right) => new(Add(left.Min, right.Min), Add(left.Max, right.Max));

    public static CelEstimate operator *(CelEstimate left, CelEstimate right) => new(Multiply(left.Min, right.Min), Multiply(left.Max, right.Max));

    public static CelEstimate operator *(CelEstimate left, double factor) => new(Multiply(left.Min, factor), Multiply(left.Max, factor));

    public static ulong Add(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    public static ulong Multiply(ulong left, ulong right) => right != 0 && left > ulong.MaxValue / right ? ulong.MaxValue : left * right;

    /// <summary>Bounds that hold whichever of the two it is.</summary>
    public CelEstimate Or(CelEstimate other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    private static ulong Multiply(ulong value, double factor) => Math.Ceiling(value * factor) is var product && product >= 18446744073709551616.0 ? ulong.MaxValue : (ulong)product;
}
