using OperatorKit.ApiServer.Cel.Values;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Lists: those of Kubernetes and the list extension.</summary>
internal static class CelListFunctions
{

    private static readonly string[] Comparable = ["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"];
    private static readonly string[] Summable = ["int", "uint", "double", "duration"];

    public static IEnumerable<CelFunction> Functions =>
    [
        .. Comparable.Select(static type => Member("isSorted", $"list({type}) -> bool", static a => Pairs((CelList)a[0]).All(static pair => CelOperators.Compare(pair.Left, pair.Right) <= 0))),
        .. Comparable.Select(static type => Member("min", $"list({type}) -> {type}", static a => Extreme((CelList)a[0], "min", -1))),
        .. Comparable.Select(static type => Member("max", $"list({type}) -> {type}", static a => Extreme((CelList)a[0], "max", 1))),
        .. Comparable.Select(static type => Member("sort", $"list({type}) -> list({type})", static a => Sorted((CelList)a[0]))),
        .. Summable.Select(static type => Member("sum", $"list({type}) -> {type}", a => Sum((CelList)a[0], type))),
        Member("indexOf", "list(A), A -> int", static a => (long)Items(a[0]).FindIndex(item => CelEquality.Instance.Equals(item, a[1]))),
        Member("lastIndexOf", "list(A), A -> int", static a => (long)Items(a[0]).FindLastIndex(item => CelEquality.Instance.Equals(item, a[1]))),
        Member("distinct", "list(A) -> list(A)", static a => new CelList([.. Items(a[0]).Distinct(CelEquality.Instance)])),
        Member("flatten", "list(list(A)) -> list(A)", static a => Flattened((CelList)a[0], 1)),
        Member("flatten", "list(dyn), int -> list(dyn)", static a => (long)a[1] >= 0 ? Flattened((CelList)a[0], (long)a[1]) : new CelError("level must be non-negative")),
        Member("reverse", "list(A) -> list(A)", static a => new CelList([.. Enumerable.Reverse(Items(a[0]))])),
        Member("slice", "list(A), int, int -> list(A)", static a => Slice((CelList)a[0], (long)a[1], (long)a[2])),
        Global("lists.range", "int -> list(int)", static a => new CelList([.. Enumerable.Range(0, (int)Math.Max(0, (long)a[0])).Select(static i => (object)(long)i)])),
    ];

    /// <summary>The items in their order.</summary>
    /// <exception cref="CelException">They have none.</exception>
    public static CelList Sorted(CelList list) => new([.. list.Items.Order(Comparer<object>.Create(CelOperators.Compare))]);

    private static List<object> Items(object list) => [.. ((CelList)list).Items];

    private static IEnumerable<(object Left, object Right)> Pairs(CelList list) => list.Items.Zip(list.Items.Skip(1));

    private static object Extreme(CelList list, string name, int sign)
    {
        if (list.Items.Count == 0)
            return new CelError($"{name} called on empty list");
        return list.Items.Aggregate((best, item) => Math.Sign(CelOperators.Compare(item, best)) == sign ? item : best);
    }

    private static object Sum(CelList list, string type)
    {
        object zero = type switch { "int" => 0L, "uint" => 0UL, "double" => 0.0, _ => TimeSpan.Zero };
        try
        {
            return list.Items.Aggregate(list.Items.Count > 0 && list.Items[0] is not long ? Zero(list.Items[0]) : zero, static (sum, item) => (sum, item) switch
            {
                (long l, long r) => checked(l + r),
                (ulong l, ulong r) => checked(l + r),
                (double l, double r) => l + r,
                (TimeSpan l, TimeSpan r) => l + r,
                _ => throw new CelException("no such overload"),
            });
        }
        catch (OverflowException)
        {
            return new CelError("integer overflow");
        }
    }

    // A dynamic list is summed by what it holds.
    private static object Zero(object item) => item switch { ulong => 0UL, double => 0.0, TimeSpan => TimeSpan.Zero, _ => 0L };

    private static CelList Flattened(CelList list, long depth) => new([.. list.Items.SelectMany(item => item is CelList inner && depth > 0 ? Flattened(inner, depth - 1).Items : [item])]);

    private static object Slice(CelList list, long start, long end)
    {
        if (start < 0 || end < 0)
            return new CelError($"cannot slice({start}, {end}), negative indexes not supported");
        if (start > end)
            return new CelError($"cannot slice({start}, {end}), start index must be less than or equal to end index");
        return end > list.Items.Count ? new CelError($"cannot slice({start}, {end}), list is length {list.Items.Count}") : new CelList([.. list.Items.Skip((int)start).Take((int)(end - start))]);
    }
}
