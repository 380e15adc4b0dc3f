using OperatorKit.Models;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Kubernetes quantities.</summary>
internal static class CelQuantityFunctions
{
    private const string Type = "kubernetes.Quantity";

    public static IEnumerable<CelFunction> Functions =>
    [
        Global("quantity", $"string -> {Type}", static a => Quantity.TryParse((string)a[0], null, out var value) ? new CelQuantity(value) : throw new CelException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")),
        Global("isQuantity", "string -> bool", static a => Quantity.TryParse((string)a[0], null, out _)),
        Member("sign", $"{Type} -> int", static a => (long)Value(a[0]).CompareTo(default)),
        Member("isInteger", $"{Type} -> bool", static a => (decimal)Value(a[0]) is var value && decimal.Truncate(value) == value),
        Member("asInteger", $"{Type} -> int", static a => (decimal)Value(a[0]) is var value && decimal.Truncate(value) == value && value is >= long.MinValue and <= long.MaxValue ? (long)value : throw new CelException("cannot convert value to integer")),
        Member("asApproximateFloat", $"{Type} -> double", static a => (double)Value(a[0])),
        Member("add", $"{Type}, {Type} -> {Type}", static a => new CelQuantity(Value(a[0]) + Value(a[1]))),
        Member("add", $"{Type}, int -> {Type}", static a => new CelQuantity(Value(a[0]) + new Quantity((long)a[1]))),
        Member("sub", $"{Type}, {Type} -> {Type}", static a => new CelQuantity(Value(a[0]) - Value(a[1]))),
        Member("sub", $"{Type}, int -> {Type}", static a => new CelQuantity(Value(a[0]) - new Quantity((long)a[1]))),
        Member("isLessThan", $"{Type}, {Type} -> bool", static a => Value(a[0]) < Value(a[1])),
        Member("isGreaterThan", $"{Type}, {Type} -> bool", static a => Value(a[0]) > Value(a[1])),
        Member("compareTo", $"{Type}, {Type} -> int", static a => (long)Math.Sign(Value(a[0]).CompareTo(Value(a[1])))),
    ];

    private static Quantity Value(object quantity) => ((CelQuantity)quantity).Value;

    private sealed record CelQuantity(Quantity Value) : ICelOpaque
    {
        public string TypeName => Type;
    }
}
