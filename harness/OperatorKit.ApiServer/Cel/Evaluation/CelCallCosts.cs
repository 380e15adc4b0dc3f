using OperatorKit.ApiServer.Cel.Costs;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>
/// What a call has cost, in the units of cel-go: by the function, and for CEL's own only where its overload was known before. See
/// <see cref="CelFunctionCosts"/> for what it can cost at most.
/// </summary>
internal static class CelCallCosts
{
    /// <param name="overload">What the call comes to; null where that is only known at run time.</param>
    public static long Of(string name, CelFunction? overload, object[] operands, object result)
    {
        var first = operands.Length > 0 ? Size(operands[0]) : 0;
        var second = operands.Length > 1 ? Size(operands[1]) : 0;
        return name switch
        {
            "check" => CelUnits.Check,
            "fieldSelector" or "labelSelector" => CelUnits.List + Rounded(second * CelUnits.Traversal) + (Rounded(second * 0.5) * (CelUnits.List + CelUnits.Message)),
            "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" => Traversed(operands[0]),
            "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "jsonpatch.escapeKey" => Rounded(first * CelUnits.Traversal),
            "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "semver" or "isSemver" => Rounded(first * CelUnits.Traversal),
            "ip" when operands[0] is string => Rounded(first * CelUnits.Traversal),
            "replace" or "split" or "ip.isCanonical" => Rounded(first * 2 * CelUnits.Traversal),
            "join" => Rounded(Size(result) * 2 * CelUnits.Traversal),
            "find" or "findAll" => Matched(first, second),
            "containsIP" => Rounded((first + first) * CelUnits.Traversal) + Parsed(overload, second),
            "containsCIDR" => Rounded((first + first) * CelUnits.Traversal) + Rounded(first * CelUnits.Traversal) + 1 + Parsed(overload, second),
            "validate" when operands[0] is ICelOpaque { PatternLength: var pattern } => Matched(second, pattern),
            "_==_" when operands[0] is ICelOpaque => 1,
            "_==_" or "_!=_" => Compared(first, second),
            _ => overload is null ? 1 : Of(overload, operands, first, second, result),
        };
    }

    /// <summary>The cost of telling the items of a list apart, each from each.</summary>
    public static long Sorted(object list)
    {
        var size = Size(list);
        var factor = list is CelList { Items: [string or CelBytes, ..] } ? 2 + CelUnits.Traversal : 2;
        return (long)(size * (double)size * factor) + 1 + CelUnits.List;
    }

    private static long Of(CelFunction overload, object[] operands, long first, long second, object result)
    {
        var takes = overload.Signature.Parameters is [var parameter, ..] ? parameter.Kind : CelTypeKind.Dyn;
        return overload.Name switch
        {
            "slice" or "lists.range" => Size(result) + 1 + CelUnits.List,
            "reverse" when takes == CelTypeKind.List => Size(result) + 1 + CelUnits.List,
            "flatten" => (operands is [_, long depth] ? depth : 1) * first + 1 + CelUnits.List,
            "distinct" or "sort" => Sorted(operands[0]),
            "sets.contains" or "sets.intersects" => 1 + (first * second),
            "sets.equivalent" => 1 + (2 * first * second),
            "startsWith" or "endsWith" or "strings.quote" => Rounded(first * CelUnits.Traversal),
            "format" when overload.IsMember => Rounded(first * CelUnits.Traversal),
            "bytes" when takes == CelTypeKind.String => Rounded(first * CelUnits.Traversal),
            "string" when takes == CelTypeKind.Bytes => Rounded(first * CelUnits.Traversal),
            "@in" when overload.Signature.Parameters[1].Kind == CelTypeKind.List => second,
            "_<_" or "_<=_" or "_>_" or "_>=_" when takes is CelTypeKind.String or CelTypeKind.Bytes => Compared(first, second),
            "_+_" when takes is CelTypeKind.String or CelTypeKind.Bytes => Rounded((first + second) * CelUnits.Traversal),
            "matches" when overload.IsMember => Matched(first, second),
            "contains" => Rounded(first * CelUnits.Traversal) * Rounded(second * CelUnits.Traversal),
            _ => 1,
        };
    }

    /// <summary>The characters of a text, the items of a collection; 1 for what has no size.</summary>
    private static long Size(object value) => value switch
    {
        string text => CodePoints.Count(text),
        CelBytes bytes => bytes.Content.Length,
        CelList list => list.Items.Count,
        CelMap map => map.Entries.Count,
        CelObject obj => obj.Json.Count,
        CelOptional { Value: { } inner } => Size(inner),
        ICelOpaque opaque => opaque.Size,
        _ => 1,
    };

    private static long Traversed(object value) => value switch
    {
        string text => (long)(System.Text.Encoding.UTF8.GetByteCount(text) * CelUnits.Traversal),
        CelBytes bytes => (long)(bytes.Content.Length * CelUnits.Traversal),
        CelList list => list.Items.Sum(Traversed),
        CelMap map => map.Entries.Sum(static entry => Traversed(entry.Key) + Traversed(entry.Value)),
        CelObject obj => obj.Shape.Fields.Keys.Sum(name => obj.Get(name) is { } field ? Traversed(name) + Traversed(field) : 0),
        _ => 1,
    };

    private static long Matched(long text, long pattern) => Rounded((1.0 + text) * CelUnits.Traversal) * Rounded(pattern * CelUnits.Pattern);

    private static long Compared(long left, long right) => Rounded(Math.Min(left, right) * CelUnits.Traversal);

    private static long Parsed(CelFunction? overload, long size) => overload?.Signature.Parameters[1].Kind == CelTypeKind.String ? Rounded(size * CelUnits.Traversal) : 0;

    private static long Rounded(double cost) => (long)Math.Ceiling(cost);
}
