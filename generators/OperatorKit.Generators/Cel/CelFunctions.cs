using System;
using System.Collections.Generic;

namespace OperatorKit.Generators.Cel;

/// <summary>What calls cost and give, by the estimate of cel-go (checker/cost.go) and of Kubernetes' own functions (cel/library/cost.go).</summary>
internal static class CelFunctions
{
    /// <summary>A character that is looked at.</summary>
    private const double PerCharacter = 0.1;

    /// <summary>A character of a regular expression.</summary>
    private const double PerPatternCharacter = 0.25;

    private static readonly HashSet<string> Traversing =
        ["lowerAscii", "upperAscii", "substring", "trim", "url", "isURL", "quantity", "isQuantity", "ip", "isIP", "cidr", "isCIDR", "semver", "isSemver", "format", "bytes", "string", "join", "charAt", "reverse"];

    private static readonly HashSet<string> OfLists = ["isSorted", "sum", "max", "min", "indexOf", "lastIndexOf"];

    private static readonly HashSet<string> Comparisons = ["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"];

    /// <summary>What the call itself costs, beside its target and arguments.</summary>
    public static double Cost(string function, CelValue? target, IReadOnlyList<CelValue> arguments)
    {
        var first = arguments.Count > 0 ? arguments[0] : null;
        var second = arguments.Count > 1 ? arguments[1] : null;
        var subject = target ?? first;
        return function switch
        {
            "_&&_" or "_||_" or "_?_:_" => 0,
            "_+_" when first!.Type.Kind is CelKind.Text or CelKind.Bytes => Characters(first.Type.MaxSize + second!.Type.MaxSize),
            "_in_" => second!.Type.MaxSize,
            "startsWith" or "endsWith" when first is not null => Characters(first.Type.MaxSize),
            "contains" when target is not null && first is not null && target.Type.Kind != CelKind.List => Characters(target.Type.MaxSize) * Characters(first.Type.MaxSize),
            "matches" or "find" or "findAll" when subject is not null
                => Characters(subject.Type.MaxSize + 1) * Math.Ceiling(((target is null ? second : first)?.Type.MaxSize ?? 0) * PerPatternCharacter),
            "split" or "replace" when target is not null => Characters(target.Type.MaxSize),
            _ when Comparisons.Contains(function) => Characters(Math.Min(first!.Type.MaxSize, second!.Type.MaxSize)),
            _ when OfLists.Contains(function) && subject is not null => subject.Type.MaxSize,
            _ when Traversing.Contains(function) && subject is not null => Characters(subject.Type.MaxSize),
            _ => 1,
        };
    }

    /// <summary>What a call gives.</summary>
    public static CelType Result(string function, CelValue? target, IReadOnlyList<CelValue> arguments)
    {
        var subject = target?.Type ?? (arguments.Count > 0 ? arguments[0].Type : CelType.Unknown);
        switch (function)
        {
            case "_&&_" or "_||_" or "!_" or "_in_" or "startsWith" or "endsWith" or "contains" or "matches" or "has" or "all" or "exists" or "exists_one" or "hasValue" or "isSorted":
            case var comparison when Comparisons.Contains(comparison):
                return CelType.Scalar;
            case "size" or "int" or "uint" or "double" or "indexOf" or "lastIndexOf" or "_-_" or "_*_" or "_/_" or "_%_" or "-_":
                return CelType.Number;
            case "_?_:_":
                return arguments[1].Type.MaxSize >= arguments[2].Type.MaxSize ? arguments[1].Type : arguments[2].Type;
            case "_+_" when subject.Kind is CelKind.Text:
                return CelType.Text(subject.MaxSize + arguments[1].Type.MaxSize);
            case "_+_" when subject.Kind is CelKind.List:
                return CelType.List(subject.Item!, subject.MaxSize + arguments[1].Type.MaxSize);
            case "_+_" when subject.Kind is CelKind.Number:
                return CelType.Number;
            case "_[_]" or "sum" or "max" or "min" or "first" or "last":
                return subject.Item ?? CelType.Unknown;
            // Optional values: what is in them has the same members and sizes.
            case "value" or "orValue" or "optional.of" or "optional.ofNonZeroValue" or "dyn":
                return subject;
            case "lowerAscii" or "upperAscii" or "substring" or "trim" or "charAt" or "find" or "reverse":
                return CelType.Text(subject.MaxSize);
            case "split" or "findAll":
                return CelType.List(CelType.Text(subject.MaxSize), subject.MaxSize);
            default:
                return CelType.Unknown;
        }
    }

    private static double Characters(double size) => Math.Ceiling(size * PerCharacter);
}
