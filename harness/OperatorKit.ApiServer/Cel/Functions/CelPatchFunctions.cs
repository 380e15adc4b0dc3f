using OperatorKit.ApiServer.Cel.Types;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>What expressions that make JSON patches call.</summary>
internal static class CelPatchFunctions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Global($"{CelPatchTypes.Functions}escapeKey", "string -> string", static a => ((string)a[0]).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)),
    ];
}
