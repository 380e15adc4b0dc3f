using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>What an expression can refer to beyond the functions that all have.</summary>
/// <param name="Variables">The variables by name.</param>
/// <param name="MakesPatches">Whether it makes patches, and so knows their types and functions.</param>
internal sealed record CelEnvironment(ImmutableDictionary<string, CelType> Variables, bool MakesPatches = false)
{
    public static CelEnvironment Empty { get; } = new(ImmutableDictionary<string, CelType>.Empty);

    /// <summary>The type of messages of that name; null where there is none.</summary>
    public CelType? MessageNamed(string name) => MakesPatches ? CelPatchTypes.Named(name) : null;

    /// <summary>Whether a function is one of those that only patches need.</summary>
    public bool Hides(string function) => !MakesPatches && function.StartsWith(CelPatchTypes.Functions, StringComparison.Ordinal);
}
