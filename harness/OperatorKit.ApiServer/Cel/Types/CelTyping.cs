using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>What the checker finds out about an expression: the type of each node, and what each call comes to.</summary>
internal sealed class CelTyping
{
    public Dictionary<CelNode, CelType> Types { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<CelNode, CelResolvedCall> Calls { get; } = new(ReferenceEqualityComparer.Instance);
}

/// <summary>A call with its operands.</summary>
/// <param name="Operands">The target first, where it is one and not the beginning of the function's name.</param>
/// <param name="Overloads">Those that fit the types; several where a type is only known at run time.</param>
internal sealed record CelResolvedCall(ImmutableArray<CelNode> Operands, ImmutableArray<CelFunction> Overloads);
