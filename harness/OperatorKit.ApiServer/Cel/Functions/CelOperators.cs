using OperatorKit.ApiServer.Cel.Values;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Logic, comparison, membership and index. Logic short-circuits, so the evaluator does it; its types stand here.</summary>
internal static class CelOperators
{
    private static readonly string[] Ordered = ["bool", "string", "bytes", "timestamp", "duration"];
    private static readonly string[] Numbers = ["int", "uint", "double"];

    public static IEnumerable<CelFunction> Functions =>
    [
        Global("_&&_", "bool, bool -> bool", Evaluated),
        Global("_||_", "bool, bool -> bool", Evaluated),
        Global("_?_:_", "bool, A, A -> A", Evaluated),
        Global("!_", "bool -> bool", static a => !(bool)a[0]),
        Global("_==_", "A, A -> bool", static a => CelEquality.Instance.Equals(a[0], a[1])),
        Global("_!=_", "A, A -> bool", static a => !CelEquality.Instance.Equals(a[0], a[1])),
        .. Comparison("_<_", static order => order < 0),
        .. Comparison("_<=_", static order => order <= 0),
        .. Comparison("_>_", static order => order > 0),
        .. Comparison("_>=_", static order => order >= 0),
        Global("@in", "A, list(A) -> bool", static a => ((CelList)a[1]).Items.Contains(a[0], CelEquality.Instance)),
        Global("@in", "A, map(A, B) -> bool", static a => ((CelMap)a[1]).Entries.ContainsKey(a[0])),
        Global("_[_]", "list(A), int -> A", static a => ItemAt((CelList)a[0], a[1])),
        Global("_[_]", "map(A, B), A -> B", static a => ((CelMap)a[0]).Entries.TryGetValue(a[1], out var value) ? value : CelError.NoSuchKey(a[1])),
        Global("_[_]", "optional(list(A)), int -> optional(A)", static a => Through(a[0], list => ItemOrNone((CelList)list, a[1]))),
        Global("_[_]", "optional(map(A, B)), A -> optional(B)", static a => Through(a[0], map => EntryOrNone((CelMap)map, a[1]))),
        Global("_[?_]", "list(A), int -> optional(A)", static a => ItemOrNone((CelList)a[0], a[1])),
        Global("_[?_]", "map(A, B), A -> optional(B)", static a => EntryOrNone((CelMap)a[0], a[1])),
        Global("_[?_]", "optional(list(A)), int -> optional(A)", static a => Through(a[0], list => ItemOrNone((CelList)list, a[1]))),
        Global("_[?_]", "optional(map(A, B)), A -> optional(B)", static a => Through(a[0], map => EntryOrNone((CelMap)map, a[1]))),
        Global("size", "string -> int", static a => Size(a[0])),
        Global("size", "bytes -> int", static a => Size(a[0])),
        Global("size", "list(A) -> int", static a => Size(a[0])),
        Global("size", "map(A, B) -> int", static a => Size(a[0])),
        Member("size", "string -> int", static a => Size(a[0])),
        Member("size", "bytes -> int", static a => Size(a[0])),
        Member("size", "list(A) -> int", static a => Size(a[0])),
        Member("size", "map(A, B) -> int", static a => Size(a[0])),
    ];

    /// <summary>The order of two values of one type; numbers compare across their types.</summary>
    /// <exception cref="CelException">The values have no order.</exception>
    public static int Compare(object left, object right) => (left, right) switch
    {
        (long or ulong or double, long or ulong or double) => CelNumbers.Compare(left, right) ?? throw new CelException("NaN values cannot be ordered"),
        (bool l, bool r) => l.CompareTo(r),
        (string l, string r) => CompareCodePoints(l, r),
        (DateTimeOffset l, DateTimeOffset r) => l.CompareTo(r),
        (TimeSpan l, TimeSpan r) => l.CompareTo(r),
        (CelBytes l, CelBytes r) => l.Content.AsSpan().SequenceCompareTo(r.Content.AsSpan()),
        _ => throw new CelException("no such overload"),
    };

    private static IEnumerable<CelFunction> Comparison(string name, Func<int, bool> holds)
    {
        var pairs = Ordered.Select(static type => (type, type)).Concat(Numbers.SelectMany(static left => Numbers.Select(right => (left, right))));
        return pairs.Select(pair => Global(name, $"{pair.Item1}, {pair.Item2} -> bool", a => a[0] is not double.NaN && a[1] is not double.NaN && holds(Compare(a[0], a[1]))));
    }

    // Surrogate pairs stand above all other characters, which their halves do not.
    private static int CompareCodePoints(string left, string right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] != right[i])
                return char.IsSurrogate(left[i]) == char.IsSurrogate(right[i]) ? left[i].CompareTo(right[i]) : char.IsSurrogate(left[i]) ? 1 : -1;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static object ItemAt(CelList list, object index)
    {
        var at = (long)index;
        return at >= 0 && at < list.Items.Count ? list.Items[(int)at] : new CelError($"index out of bounds: {at}");
    }

    private static CelOptional ItemOrNone(CelList list, object index) => (long)index is var at && at >= 0 && at < list.Items.Count ? new CelOptional(list.Items[(int)at]) : CelOptional.None;

    private static CelOptional EntryOrNone(CelMap map, object key) => map.Entries.TryGetValue(key, out var value) ? new CelOptional(value) : CelOptional.None;

    private static CelOptional Through(object optional, Func<object, CelOptional> next) => ((CelOptional)optional).Value is { } value ? next(value) : CelOptional.None;

    private static object Size(object value) => value switch
    {
        string text => (long)CodePoints.Count(text),
        CelBytes bytes => (long)bytes.Content.Length,
        CelList list => (long)list.Items.Count,
        CelMap map => (long)map.Entries.Count,
        _ => throw new CelException("no such overload"),
    };

    private static object Evaluated(object[] operands) => throw new CelException("no such overload");
}
