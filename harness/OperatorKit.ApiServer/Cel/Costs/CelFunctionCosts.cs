using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>What calls cost beyond their operands, as kube-apiserver estimates it. Operators that choose or combine are no part of it.</summary>
/// <param name="itemOf">The items of a list as an operand.</param>
internal sealed class CelFunctionCosts(Func<CelOperand, CelOperand?> itemOf)
{
    private const int LongestFormatPattern = 128;

    /// <param name="operands">The target first, where there is one.</param>
    public CelCallCost Of(CelFunction overload, ImmutableArray<CelOperand> operands)
    {
        var first = operands.IsEmpty ? CelEstimate.Nothing : operands[0].SizeOrUnknown;
        var second = operands.Length > 1 ? operands[1].SizeOrUnknown : CelEstimate.Nothing;
        var parameters = overload.Signature.Parameters;
        var takes = parameters.IsEmpty ? CelTypeKind.Dyn : parameters[0].Kind;
        return overload.Name switch
        {
            "check" => new(CelEstimate.Exactly(CelUnits.Check)),
            "fieldSelector" or "labelSelector" => new(Selector(second)),
            "slice" => Allocating(1, CelEstimate.Exactly(unchecked(operands[2].IntegerOr(first.Max) - operands[1].IntegerOr(0)))),
            "lists.range" => Allocating(1, CelEstimate.Exactly(operands[0].IntegerOr(ulong.MaxValue))),
            "reverse" when takes == CelTypeKind.List => Allocating(1, first),
            "flatten" => Allocating(operands.Length == 1 ? 1 : operands[1].IntegerOr(ulong.MaxValue), first),
            "distinct" => Allocating(2, first * first),
            "sort" => Allocating(SortFactor(parameters[0].Parameters[0]), first * first),
            "sets.contains" or "sets.intersects" => new(first * second + CelEstimate.One),
            "sets.equivalent" => new(first * second * 2 + CelEstimate.One),
            "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" => new(Compared(operands[0])),
            "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" => new(first * CelUnits.Traversal, first),
            "replace" => new(first * (2 * CelUnits.Traversal), Replaced(first, second, operands[2].SizeOrUnknown)),
            "split" => new(first * (2 * CelUnits.Traversal), new(0, operands.Length > 2 ? operands[2].IntegerOr(first.Max) : first.Max)),
            "join" => Joined(operands),
            "find" or "findAll" => new((first + CelEstimate.One) * CelUnits.Traversal * (second * CelUnits.Pattern), new(0, first.Max)),
            "ip" when !overload.IsMember => new(first * CelUnits.Traversal),
            "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "semver" or "isSemver" => new(first * CelUnits.Traversal),
            "ip.isCanonical" => new(first * (2 * CelUnits.Traversal)),
            "containsIP" => new(Addresses(2) + Parsed(parameters[1], second)),
            "containsCIDR" => new(Addresses(2) + Addresses(1) + CelEstimate.One + Parsed(parameters[1], second)),
            "validate" => new(second * CelUnits.Traversal * (LongestFormatPattern * CelUnits.Pattern)),
            "format" when overload.IsMember => new(first * CelUnits.Traversal),
            "bytes" when takes == CelTypeKind.String => new(first * CelUnits.Traversal, new(first.Min, unchecked(first.Max * 4))),
            "string" when takes == CelTypeKind.Bytes => new(first * CelUnits.Traversal, new(first.Min / 4, first.Max)),
            "strings.quote" => new(first * CelUnits.Traversal, new(unchecked(first.Min + 2), unchecked((first.Max * 2) + 2))),
            "startsWith" or "endsWith" => new(second * CelUnits.Traversal),
            "@in" when parameters[1].Kind == CelTypeKind.List => new(second * 1.0),
            "matches" when overload.IsMember => new((first + CelEstimate.One) * CelUnits.Traversal * (second * CelUnits.Pattern)),
            "contains" => new(first * CelUnits.Traversal * (second * CelUnits.Traversal)),
            "_+_" when takes == CelTypeKind.List => new(CelEstimate.One, first + second),
            "_+_" when takes is CelTypeKind.String or CelTypeKind.Bytes => new((first + second) * CelUnits.Traversal, first + second),
            "_==_" when Opaque(operands) is { } cost => new(cost),
            "_==_" or "_!=_" => new(Compared(first, second)),
            "_<_" or "_<=_" or "_>_" or "_>=_" when takes is CelTypeKind.String or CelTypeKind.Bytes => new(Compared(first, second)),
            _ => CelCallCost.One,
        };
    }

    // The shortest requirement has two characters; each is a message with a list.
    private static CelEstimate Selector(CelEstimate length) => CelEstimate.Exactly(CelUnits.List) + (length * CelUnits.Traversal) + (length * 0.5 * (CelUnits.List + CelUnits.Message));

    /// <summary>The cost of sorting a list by keys of a type.</summary>
    public static CelCallCost Sorted(CelEstimate size, CelType keys) => Allocating(SortFactor(keys), size * size);

    private static double SortFactor(CelType type) => type.Kind is CelTypeKind.String or CelTypeKind.Bytes ? 2 + CelUnits.Traversal : 2;

    private static CelCallCost Allocating(double factor, CelEstimate size) => new(size * factor + CelEstimate.Exactly(1 + CelUnits.List), size);

    private CelEstimate Compared(CelOperand list)
    {
        if (itemOf(list) is not { } item)
            return list.SizeOrUnknown * CelUnits.Traversal;
        var each = CelEstimate.One;
        if (item.Type.Kind is CelTypeKind.String or CelTypeKind.Bytes)
            each += item.SizeOrUnknown * CelUnits.Traversal;
        return list.SizeOrUnknown * each;
    }

    private static CelEstimate Compared(CelEstimate left, CelEstimate right)
    {
        var shorter = Math.Min(left.Max, right.Max);
        return new CelEstimate(shorter > 0 ? 1UL : 0, shorter) * CelUnits.Traversal;
    }

    /// <summary>The cost of comparing values that only their own functions look into; null for others.</summary>
    private static CelEstimate? Opaque(ImmutableArray<CelOperand> operands)
    {
        var (left, right) = (operands[0], operands[1]);
        if (left.Type.Kind != CelTypeKind.Opaque || left.Type.IsOptional || !left.Type.Same(right.Type))
            return null;
        return left.Type.Name switch
        {
            "kubernetes.URL" => new CelEstimate(1, right.Size?.Max ?? 1) * CelUnits.Traversal,
            "kubernetes.NamedFormat" => new CelEstimate(1, 64) * CelUnits.Traversal,
            _ => CelEstimate.One,
        };
    }

    private static CelEstimate Replaced(CelEstimate text, CelEstimate old, CelEstimate replacement)
    {
        var (count, kept) = (CelEstimate.Nothing, CelEstimate.Nothing);
        if (old.Min == 0)
            (count, kept) = (count with { Max = CelEstimate.Add(text.Max, 1) }, kept with { Max = text.Max });
        else if (replacement.Max <= old.Min)
            kept = kept with { Max = text.Max };
        else
            count = count with { Max = (ulong)Math.Ceiling((double)text.Max / old.Min) };

        if (old.Max == 0)
            (count, kept) = (count with { Min = CelEstimate.Add(text.Min, 1) }, kept with { Min = text.Min });
        else if (old.Max <= replacement.Min)
            kept = kept with { Min = text.Min };
        else
            count = count with { Min = (ulong)Math.Ceiling((double)text.Min / old.Max) };
        return count * replacement + kept;
    }

    private CelCallCost Joined(ImmutableArray<CelOperand> operands)
    {
        var count = operands[0].SizeOrUnknown;
        var size = itemOf(operands[0]) is { } item ? count * item.SizeOrUnknown : CelEstimate.Nothing;
        if (operands.Length > 1)
            size += operands[1].SizeOrUnknown * new CelEstimate(count.Min > 0 ? count.Min - 1 : 0, count.Max > 0 ? count.Max - 1 : 0);
        return new(size * CelUnits.Traversal, size);
    }

    // An address has four or sixteen bytes.
    private static CelEstimate Addresses(double count) => new CelEstimate(4, 16) * (count * CelUnits.Traversal);

    private static CelEstimate Parsed(CelType parameter, CelEstimate size) => parameter.Kind == CelTypeKind.String ? size * CelUnits.Traversal : CelEstimate.Nothing;
}
