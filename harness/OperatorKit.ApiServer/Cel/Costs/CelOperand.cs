using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>What is known of an operand when the cost of a call is estimated.</summary>
/// <param name="Node">The expression; null for the items of a list.</param>
/// <param name="Path">The way from a variable to it through the schema; empty where there is none.</param>
/// <param name="Size">Its size; null where nothing tells it.</param>
internal sealed record CelOperand(CelNode? Node, CelType Type, CelPath Path, CelEstimate? Size)
{
    public CelEstimate SizeOrUnknown => Size ?? CelEstimate.Unknown;

    /// <summary>The value of an integer that is written out; a default for anything else.</summary>
    public ulong IntegerOr(ulong value) => Node is CelLiteral { Value: long integer } ? (ulong)Math.Max(0, integer) : value;
}

/// <summary>The cost of a call beyond that of its operands, and the size of its result where it has one.</summary>
internal readonly record struct CelCallCost(CelEstimate Cost, CelEstimate? ResultSize = null)
{
    public static CelCallCost One { get; } = new(CelEstimate.One);
}

/// <summary>The sizes of the keys and of the values of a collection that an expression makes.</summary>
internal sealed record CelEntrySize(bool IsList, CelEstimate Key, CelEstimate Value)
{
    /// <summary>Sizes that hold whichever of the two it is; null where one is not known.</summary>
    public static CelEntrySize? Either(CelEntrySize? one, CelEntrySize? other) =>
        one is null || other is null ? null : one with { Key = one.Key.Or(other.Key), Value = one.Value.Or(other.Value) };
}
