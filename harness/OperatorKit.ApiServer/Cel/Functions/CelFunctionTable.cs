using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>All functions that expressions can call: CEL's own, its extensions, and those of Kubernetes.</summary>
internal static class CelFunctionTable
{
    /// <summary>Every overload of every function.</summary>
    public static ImmutableArray<CelFunction> All { get; } =
    [
        .. CelOperators.Functions, .. CelArithmetic.Functions, .. CelConversions.Functions, .. CelTimeFunctions.Functions,
        .. CelStringFunctions.Functions, .. CelListFunctions.Functions, .. CelSetFunctions.Functions, .. CelOptionalFunctions.Functions, .. CelRegexFunctions.Functions,
        .. CelUrlFunctions.Functions, .. CelQuantityFunctions.Functions, .. CelAddressFunctions.Functions, .. CelFormatFunctions.Functions, .. CelSemverFunctions.Functions, .. CelPatchFunctions.Functions,
        .. CelAuthorizationFunctions.Functions,
    ];

    private static readonly FrozenDictionary<(string Name, bool IsMember), ImmutableArray<CelFunction>> ByName = All
        .GroupBy(static function => (function.Name, function.IsMember))
        .ToFrozenDictionary(static group => group.Key, static group => group.ToImmutableArray());

    /// <summary>Whether there is a function of that name at all, however it is called.</summary>
    public static bool IsKnown(string name) => IsKnown(name, member: true) || IsKnown(name, member: false);

    public static bool IsKnown(string name, bool member) => ByName.ContainsKey((name, member));

    /// <summary>The overloads of a function; none where it is unknown.</summary>
    public static ImmutableArray<CelFunction> Overloads(string name, bool member) => ByName.GetValueOrDefault((name, member), []);
}
