using OperatorKit.ApiServer.Cel.Values;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Values that may be missing.</summary>
internal static class CelOptionalFunctions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Global("optional.of", "A -> optional(A)", static a => new CelOptional(a[0])),
        Global("optional.ofNonZeroValue", "A -> optional(A)", static a => IsZero(a[0]) ? CelOptional.None : new CelOptional(a[0])),
        Global("optional.none", "-> optional(A)", static _ => CelOptional.None),
        Global("optional.unwrap", "list(optional(A)) -> list(A)", static a => new CelList([.. ((CelList)a[0]).Items.Cast<CelOptional>().Select(static item => item.Value).OfType<object>()])),
        Member("unwrapOpt", "list(optional(A)) -> list(A)", static a => new CelList([.. ((CelList)a[0]).Items.Cast<CelOptional>().Select(static item => item.Value).OfType<object>()])),
        Member("hasValue", "optional(A) -> bool", static a => ((CelOptional)a[0]).Value is not null),
        Member("value", "optional(A) -> A", static a => ((CelOptional)a[0]).Value ?? new CelError("optional.none() dereference")),
        Member("or", "optional(A), optional(A) -> optional(A)", static a => ((CelOptional)a[0]).Value is null ? a[1] : a[0]),
        Member("orValue", "optional(A), A -> A", static a => ((CelOptional)a[0]).Value ?? a[1]),
    ];

    private static bool IsZero(object value) => value switch
    {
        CelNull or false or 0L or 0UL or 0.0 or "" => true,
        CelList list => list.Items.Count == 0,
        CelMap map => map.Entries.Count == 0,
        TimeSpan duration => duration == TimeSpan.Zero,
        _ => false,
    };
}
