using OperatorKit.ApiServer.Cel.Values;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Lists as sets.</summary>
internal static class CelSetFunctions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Global("sets.contains", "list(A), list(A) -> bool", static a => Set(a[0]).IsSupersetOf(Set(a[1]))),
        Global("sets.equivalent", "list(A), list(A) -> bool", static a => Set(a[0]).SetEquals(Set(a[1]))),
        Global("sets.intersects", "list(A), list(A) -> bool", static a => Set(a[0]).Overlaps(Set(a[1]))),
    ];

    private static HashSet<object> Set(object list) => new(((CelList)list).Items, CelEquality.Instance);
}
