using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>A node of a parsed expression. <see cref="Position"/> is where messages point.</summary>
internal abstract record CelNode(int Position)
{
    /// <summary>The nodes right below this one.</summary>
    public IEnumerable<CelNode> Parts => this switch
    {
        CelSelect select => [select.Operand],
        CelHas has => [has.Selection],
        CelCall call => call.Operands,
        CelListLiteral list => list.Items.Select(static item => item.Value),
        CelMapLiteral map => map.Entries.SelectMany(static entry => (CelNode[])[entry.Key, entry.Value]),
        CelMessageLiteral message => message.Fields.Select(static member => member.Value),
        CelMacro macro => macro.Filter is null ? [macro.Range, macro.Body] : [macro.Range, macro.Filter, macro.Body],
        _ => [],
    };
}

internal sealed record CelLiteral(int Position, object Value) : CelNode(Position);

internal sealed record CelIdentifier(int Position, string Name) : CelNode(Position);

/// <summary><c>operand.field</c>, or <c>operand.?field</c> where optional.</summary>
internal sealed record CelSelect(int Position, CelNode Operand, string Field, bool Optional = false) : CelNode(Position)
{
    /// <summary>The variable that this is where one has a name with a dot in it; null for what can be none.</summary>
    public string? QualifiedName { get; } = !Optional && Operand is CelIdentifier { Name: var name } ? $"{name}.{Field}" : null;
}

/// <summary><c>has(operand.field)</c>.</summary>
internal sealed record CelHas(int Position, CelSelect Selection) : CelNode(Position);

/// <summary>A function, method or operator; operators have names such as <c>_+_</c>.</summary>
internal sealed record CelCall(int Position, string Function, CelNode? Target, ImmutableArray<CelNode> Arguments) : CelNode(Position)
{
    /// <summary>The target and the arguments, as the function gets them.</summary>
    public ImmutableArray<CelNode> Operands { get; } = Target is null ? Arguments : Arguments.Insert(0, Target);
}

/// <summary>A list; an item marked optional is left out where it has no value.</summary>
internal sealed record CelListLiteral(int Position, ImmutableArray<(CelNode Value, bool Optional)> Items) : CelNode(Position);

internal sealed record CelMapLiteral(int Position, ImmutableArray<(CelNode Key, CelNode Value, bool Optional)> Entries) : CelNode(Position);

/// <summary>An object that an expression makes: <c>Object.spec{replicas: 3}</c>.</summary>
/// <param name="Position">Where its brace opens.</param>
internal sealed record CelMessageLiteral(int Position, string TypeName, ImmutableArray<CelMessageField> Fields) : CelNode(Position);

/// <summary>A field of a message; one marked optional is left out where it has no value.</summary>
internal sealed record CelMessageField(int Position, string Name, CelNode Value, bool Optional);

/// <summary>A macro that walks a list or map, or looks into an optional.</summary>
/// <param name="Variables">One or two: the item, or index and item, or key and value.</param>
/// <param name="Filter">For map with a condition: which items count.</param>
internal sealed record CelMacro(int Position, CelMacroKind Kind, CelNode Range, ImmutableArray<string> Variables, CelNode? Filter, CelNode Body) : CelNode(Position);

internal enum CelMacroKind
{
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
    TransformList,
    TransformMap,
    TransformMapEntry,
    OptionalMap,
    OptionalFlatMap,
    SortBy,
}
