using System.Collections.Generic;

namespace OperatorKit.Generators.Cel;

/// <summary>A piece of a CEL expression.</summary>
internal abstract record CelNode;

/// <summary>A number, text, boolean or null.</summary>
/// <param name="Size">The length of a text or of bytes; 1 for all else.</param>
/// <param name="Kind">What it is.</param>
internal sealed record CelLiteral(CelKind Kind, long Size) : CelNode;

internal sealed record CelIdentifier(string Name) : CelNode;

/// <summary><c>operand.field</c>, or <c>operand.?field</c>.</summary>
internal sealed record CelSelect(CelNode Operand, string Field) : CelNode;

/// <summary>A call of a function, a method or an operator; operators are named <c>_+_</c> and the like.</summary>
internal sealed record CelCall(string Function, CelNode? Target, IReadOnlyList<CelNode> Arguments) : CelNode;

internal sealed record CelList(IReadOnlyList<CelNode> Items) : CelNode;

/// <summary>A map, or a message by its type's name; keys and values take turns.</summary>
internal sealed record CelMap(IReadOnlyList<CelNode> KeysAndValues) : CelNode;
