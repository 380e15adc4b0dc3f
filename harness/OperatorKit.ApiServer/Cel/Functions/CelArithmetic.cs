using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Schemas;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Arithmetic, with overflow as an error, and what else <c>+</c> joins.</summary>
internal static class CelArithmetic
{
    private const string IntOverflow = "integer overflow";
    private const string UintOverflow = "unsigned integer overflow";

    public static IEnumerable<CelFunction> Functions =>
    [
        Global("_+_", "int, int -> int", static a => Checked(IntOverflow, () => checked((long)a[0] + (long)a[1]))),
        Global("_+_", "uint, uint -> uint", static a => Checked(UintOverflow, () => checked((ulong)a[0] + (ulong)a[1]))),
        Global("_+_", "double, double -> double", static a => (double)a[0] + (double)a[1]),
        Global("_+_", "string, string -> string", static a => (string)a[0] + (string)a[1]),
        Global("_+_", "bytes, bytes -> bytes", static a => new CelBytes([.. ((CelBytes)a[0]).Content, .. ((CelBytes)a[1]).Content])),
        Global("_+_", "list(A), list(A) -> list(A)", static a => Joined((CelList)a[0], (CelList)a[1])),
        Global("_+_", "timestamp, duration -> timestamp", static a => Moved((DateTimeOffset)a[0], (TimeSpan)a[1])),
        Global("_+_", "duration, timestamp -> timestamp", static a => Moved((DateTimeOffset)a[1], (TimeSpan)a[0])),
        Global("_+_", "duration, duration -> duration", static a => Checked("duration overflow", () => (TimeSpan)a[0] + (TimeSpan)a[1])),
        Global("_-_", "int, int -> int", static a => Checked(IntOverflow, () => checked((long)a[0] - (long)a[1]))),
        Global("_-_", "uint, uint -> uint", static a => Checked(UintOverflow, () => checked((ulong)a[0] - (ulong)a[1]))),
        Global("_-_", "double, double -> double", static a => (double)a[0] - (double)a[1]),
        Global("_-_", "timestamp, timestamp -> duration", static a => (DateTimeOffset)a[0] - (DateTimeOffset)a[1]),
        Global("_-_", "timestamp, duration -> timestamp", static a => Moved((DateTimeOffset)a[0], -(TimeSpan)a[1])),
        Global("_-_", "duration, duration -> duration", static a => Checked("duration overflow", () => (TimeSpan)a[0] - (TimeSpan)a[1])),
        Global("_*_", "int, int -> int", static a => Checked(IntOverflow, () => checked((long)a[0] * (long)a[1]))),
        Global("_*_", "uint, uint -> uint", static a => Checked(UintOverflow, () => checked((ulong)a[0] * (ulong)a[1]))),
        Global("_*_", "double, double -> double", static a => (double)a[0] * (double)a[1]),
        Global("_/_", "int, int -> int", static a => (long)a[1] == 0 ? new CelError("division by zero") : Checked(IntOverflow, () => checked((long)a[0] / (long)a[1]))),
        Global("_/_", "uint, uint -> uint", static a => (ulong)a[1] == 0 ? new CelError("division by zero") : (ulong)a[0] / (ulong)a[1]),
        Global("_/_", "double, double -> double", static a => (double)a[0] / (double)a[1]),
        Global("_%_", "int, int -> int", static a => (long)a[1] == 0 ? new CelError("modulus by zero") : (long)a[1] == -1 ? 0L : (long)a[0] % (long)a[1]),
        Global("_%_", "uint, uint -> uint", static a => (ulong)a[1] == 0 ? new CelError("modulus by zero") : (ulong)a[0] % (ulong)a[1]),
        Global("-_", "int -> int", static a => Checked(IntOverflow, () => checked(-(long)a[0]))),
        Global("-_", "double -> double", static a => -(double)a[0]),
        Global("-_", "duration -> duration", static a => -(TimeSpan)a[0]),
    ];

    private static object Checked<T>(string error, Func<T> compute)
        where T : notnull
    {
        try
        {
            return compute();
        }
        catch (OverflowException)
        {
            return new CelError(error);
        }
    }

    private static object Moved(DateTimeOffset time, TimeSpan duration)
    {
        try
        {
            return time + duration;
        }
        catch (ArgumentOutOfRangeException)
        {
            return new CelError("timestamp overflow");
        }
    }

    // A list of type set or map takes over items that it has already; any other is simply continued.
    private static CelList Joined(CelList left, CelList right)
    {
        if (left.ListType == SchemaListType.Set)
            return new CelList([.. left.Items.Concat(right.Items).Distinct(CelEquality.Instance)], left.Schema);
        if (left.ListType != SchemaListType.Map)
            return new CelList([.. left.Items, .. right.Items]);
        var items = new OrderedDictionary<object, object>(CelEquality.Instance);
        foreach (var item in left.Items.Concat(right.Items))
            items[left.KeyOf(item)] = item;
        return new CelList([.. items.Values], left.Schema);
    }
}
