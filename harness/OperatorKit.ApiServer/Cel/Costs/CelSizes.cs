using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>
/// How large the values in an expression can get: by what is written out, by what the schema allows at the end of a path, and by what
/// the macros around them walk.
/// </summary>
internal sealed class CelSizes(CelTyping typing, CelSchemaSize root)
{
    private readonly Dictionary<CelNode, CelPath> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelEstimate> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelEntrySize> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<ImmutableDictionary<string, Local>> _outer = new();
    private ImmutableDictionary<string, Local> _locals = ImmutableDictionary<string, Local>.Empty;

    /// <summary>Brings the variables of a macro whose range has been looked at.</summary>
    public void Enter(CelMacro macro)
    {
        _outer.Push(_locals);
        if (macro.Kind is CelMacroKind.OptionalMap or CelMacroKind.OptionalFlatMap)
        {
            _locals = _locals.SetItem(macro.Variables[0], new Local(default, null, null));
            return;
        }

        var (entries, path) = (EntriesOf(macro.Range), PathOf(macro.Range));
        var isList = entries?.IsList ?? (TypeOf(macro.Range).Kind == CelTypeKind.List);
        if (macro.Variables.Length == 2)
            _locals = _locals.SetItem(macro.Variables[0], new Local(path.Append(isList ? "@indices" : "@keys"), entries?.Key, null));
        _locals = _locals.SetItem(macro.Variables[^1], isList || macro.Variables.Length == 2
            ? new Local(path.Append(isList ? "@items" : "@values"), entries?.Value, null)
            : new Local(path.Append("@keys"), entries?.Key, null));
    }

    /// <summary>Takes back the variables of the macro that was entered last.</summary>
    public void Leave() => _locals = _outer.Pop();

    /// <summary>The size of what a macro's first variable stands for, while it is entered.</summary>
    public CelEstimate SizeOfVariable(CelMacro macro)
    {
        var local = _locals[macro.Variables[0]];
        var isScalar = TypeOf(macro.Range).Parameters is [var type, ..] && IsScalar(type);
        return SizeAt(local.Path) ?? (isScalar ? CelEstimate.One : local.Size) ?? CelEstimate.Unknown;
    }

    public CelOperand Operand(CelNode node) => new(node, TypeOf(node), PathOf(node), SizeOf(node));

    /// <summary>The items of a list as an operand; null where nothing tells their type.</summary>
    public CelOperand? ItemOf(CelOperand list)
    {
        if (list.Type.Parameters.IsEmpty)
            return null;
        var path = list.Path.IsEmpty ? default : list.Path.Copy().Append("@items");
        return new CelOperand(null, list.Type.Parameters[0], path, SizeAt(path));
    }

    public CelType TypeOf(CelNode node) => typing.Types.GetValueOrDefault(node, CelType.Dyn);

    public CelPath PathOf(CelNode node) => _paths.GetValueOrDefault(node);

    public void SetPath(CelNode node, CelPath path) => _paths[node] = path;

    /// <summary>Gives a variable its path: where a macro brings it, that of what it walks.</summary>
    public void SetVariable(CelIdentifier identifier) =>
        _paths[identifier] = _locals.TryGetValue(identifier.Name, out var local) ? local.Path : new CelPath(identifier.Name);

    public CelEstimate SizeOrUnknown(CelNode node) => SizeOf(node) ?? CelEstimate.Unknown;

    /// <summary>Null where nothing tells the size.</summary>
    public CelEstimate? SizeOf(CelNode node)
    {
        if (_sizes.TryGetValue(node, out var known))
            return known;
        CelEstimate? written = node switch
        {
            CelLiteral { Value: string text } => CelEstimate.Exactly((ulong)CodePoints.Count(text)),
            CelLiteral { Value: CelBytes bytes } => CelEstimate.Exactly((ulong)bytes.Content.Length),
            CelLiteral => CelEstimate.One,
            CelListLiteral list => CelEstimate.Exactly((ulong)list.Items.Length),
            CelMapLiteral map => CelEstimate.Exactly((ulong)map.Entries.Length),
            _ => null,
        };
        if ((written ?? SizeAt(PathOf(node))) is not { } size)
            return IsScalar(TypeOf(node)) ? CelEstimate.One : node is CelIdentifier identifier && _locals.TryGetValue(identifier.Name, out var local) ? local.Size : null;
        return _sizes[node] = size;
    }

    public void SetSize(CelNode node, CelEstimate size) => _sizes[node] = size;

    /// <summary>The sizes of the keys and values of a collection that the expression makes; null where it makes none.</summary>
    public CelEntrySize? EntriesOf(CelNode node) => _entries.TryGetValue(node, out var known)
        ? known
        : node is CelIdentifier identifier && _locals.TryGetValue(identifier.Name, out var local) ? local.Entries : null;

    public void SetEntries(CelNode node, CelEntrySize? entries)
    {
        if (entries is not null)
            _entries[node] = entries;
    }

    /// <summary>Takes what is known of one expression for another.</summary>
    public void Copy(CelNode target, CelNode source)
    {
        if (SizeOf(source) is { } size)
            _sizes[target] = size;
        SetEntries(target, EntriesOf(source));
    }

    /// <summary>The size that the schema allows at a path, whatever variable it starts from.</summary>
    private CelEstimate? SizeAt(CelPath path)
    {
        if (path.IsEmpty)
            return null;
        var at = root;
        foreach (var step in path.Steps)
        {
            var next = step switch
            {
                "@items" or "@values" => at.Element,
                "@keys" => at.Key,
                _ => at.Fields.GetValueOrDefault(step),
            };
            if (next is null)
                return null;
            at = next;
        }

        return new CelEstimate(0, (ulong)at.MaxElements);
    }

    private static bool IsScalar(CelType type) => type.Kind switch
    {
        CelTypeKind.Bool or CelTypeKind.Double or CelTypeKind.Duration or CelTypeKind.Int or CelTypeKind.Timestamp or CelTypeKind.Uint => true,
        CelTypeKind.Opaque => type.IsOptional && IsScalar(type.Parameters[0]),
        _ => false,
    };

    /// <summary>A variable that a macro brings.</summary>
    private sealed record Local(CelPath Path, CelEstimate? Size, CelEntrySize? Entries);
}
