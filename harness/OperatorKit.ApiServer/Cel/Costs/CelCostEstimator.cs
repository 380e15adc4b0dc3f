using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>
/// Estimates what an expression costs in the worst case, before there is any object: by the sizes that its schema allows. The units
/// are those of cel-go, and a rule that is refused for its cost is refused by a real server too.
/// </summary>
internal sealed class CelCostEstimator
{
    private static readonly CelEstimate One = CelEstimate.Exactly(1);

    private readonly CelTyping _typing;
    private readonly CelSchemaSize _root;
    private readonly CelFunctionCosts _functions;
    private readonly Dictionary<CelNode, CelPath> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelEstimate> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelNode, CelEntrySize> _entries = new(ReferenceEqualityComparer.Instance);
    private ImmutableDictionary<string, Local> _locals = ImmutableDictionary<string, Local>.Empty;

    private CelCostEstimator(CelTyping typing, CelSchemaSize root)
    {
        (_typing, _root) = (typing, root);
        _functions = new CelFunctionCosts(ItemOf);
    }

    /// <param name="typing">What the checker found out about the expression.</param>
    /// <param name="root">The sizes of what <c>self</c> stands for.</param>
    public static CelEstimate Estimate(CelNode node, CelTyping typing, CelSchemaSize root) => new CelCostEstimator(typing, root).Cost(node);

    private CelEstimate Cost(CelNode node) => node switch
    {
        CelIdentifier identifier => Identifier(identifier),
        CelSelect select => Select(select),
        CelHas has => Cost(has.Selection.Operand),
        CelCall call => Call(call),
        CelListLiteral list => List(list),
        CelMapLiteral map => Map(map),
        CelMessageLiteral message => Sum(message.Fields.Select(static field => field.Value)) + CelEstimate.Exactly(CelUnits.Message),
        CelMacro macro => Macro(macro),
        _ => CelEstimate.Nothing,
    };

    private CelEstimate Sum(IEnumerable<CelNode> nodes) => nodes.Aggregate(CelEstimate.Nothing, (sum, node) => sum + Cost(node));

    private CelEstimate Identifier(CelIdentifier identifier)
    {
        _paths[identifier] = _locals.TryGetValue(identifier.Name, out var local) ? local.Path : new CelPath(identifier.Name);
        return One;
    }

    private CelEstimate Select(CelSelect select)
    {
        var operand = Cost(select.Operand);
        if (select.Optional)
            return operand + One;
        _paths[select] = PathOf(select.Operand).Append(select.Field);
        return TypeOf(select.Operand).Kind is CelTypeKind.Map or CelTypeKind.Object or CelTypeKind.Message ? operand + One : operand;
    }

    private CelEstimate List(CelListLiteral list)
    {
        var (cost, size) = (CelEstimate.Exactly(CelUnits.List), new CelEstimate(list.Items.IsEmpty ? 0 : ulong.MaxValue, 0));
        foreach (var (value, _) in list.Items)
        {
            cost += Cost(value);
            size = size.Or(SizeOrUnknown(value));
        }

        _entries[list] = new CelEntrySize(IsList: true, One, size);
        return cost;
    }

    private CelEstimate Map(CelMapLiteral map)
    {
        var none = new CelEstimate(map.Entries.IsEmpty ? 0 : ulong.MaxValue, 0);
        var (cost, keys, values) = (CelEstimate.Exactly(CelUnits.Map), none, none);
        foreach (var (key, value, _) in map.Entries)
        {
            cost = cost + Cost(key) + Cost(value);
            (keys, values) = (keys.Or(SizeOrUnknown(key)), values.Or(SizeOrUnknown(value)));
        }

        _entries[map] = new CelEntrySize(IsList: false, keys, values);
        return cost;
    }

    private CelEstimate Call(CelCall call)
    {
        if (call.Function == "dyn")
        {
            var argument = Cost(call.Arguments[0]);
            Copy(call, call.Arguments[0]);
            return argument + One;
        }

        if (!_typing.Calls.TryGetValue(call, out var resolved))
            return CelEstimate.Nothing;
        // The target comes last, as upstream: sizes are looked up on the way, and paths share their memory.
        var isMember = resolved.Operands.Length > call.Arguments.Length;
        var sum = CelEstimate.Nothing;
        var costs = new CelEstimate[resolved.Operands.Length];
        var operands = new CelOperand[resolved.Operands.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            var at = isMember ? (i + 1) % operands.Length : i;
            costs[at] = Cost(resolved.Operands[at]);
            operands[at] = Operand(resolved.Operands[at]);
            sum += costs[at];
        }

        return call.Function switch
        {
            "_&&_" or "_||_" => new CelEstimate(costs[0].Min, sum.Max),
            "_?_:_" => Choice(call, costs),
            _ => Overloads(call, resolved, [.. operands]) + sum,
        };
    }

    private CelEstimate Choice(CelCall call, CelEstimate[] costs)
    {
        var (yes, no) = (call.Arguments[1], call.Arguments[2]);
        _sizes[call] = SizeOrUnknown(yes).Or(SizeOrUnknown(no));
        SetEntries(call, CelEntrySize.Either(EntriesOf(yes), EntriesOf(no)));
        return costs[0] + costs[1].Or(costs[2]);
    }

    /// <summary>Bounds that hold for all overloads that the call may come to.</summary>
    private CelEstimate Overloads(CelCall call, CelResolvedCall resolved, ImmutableArray<CelOperand> operands)
    {
        var (cost, size) = (new CelEstimate(ulong.MaxValue, 0), (CelEstimate?)null);
        foreach (var overload in resolved.Overloads)
        {
            var estimate = _functions.Of(overload, operands);
            cost = cost.Or(estimate.Cost);
            if (estimate.ResultSize is { } result)
                size = size is { } known ? known.Or(result) : result;
            if (overload.Name == "_+_" && CelEntrySize.Either(EntriesOf(resolved.Operands[0]), EntriesOf(resolved.Operands[1])) is { } entries)
                SetEntries(call, entries);
            if (overload.Name == "_[_]" && overload.Signature.Parameters[0].Kind is CelTypeKind.List or CelTypeKind.Map)
            {
                size = EntriesOf(resolved.Operands[0])?.Value;
                _paths[call] = PathOf(resolved.Operands[0]).Append(overload.Signature.Parameters[0].Kind == CelTypeKind.List ? "@items" : "@values");
            }

            size ??= SizeOf(call);
        }

        if (size is { } final)
            _sizes[call] = final;
        return cost;
    }

    private CelEstimate Macro(CelMacro macro)
    {
        if (macro.Kind is CelMacroKind.OptionalMap or CelMacroKind.OptionalFlatMap)
            return Optional(macro);
        var (range, outer) = (Cost(macro.Range), _locals);
        Bind(macro);
        var filter = macro.Filter is null ? CelEstimate.Nothing : Cost(macro.Filter);
        var body = Cost(macro.Body);
        var item = macro.Kind == CelMacroKind.Filter ? SizeOfVariable(macro) : SizeOrUnknown(macro.Body);
        _locals = outer;
        var step = Step(macro, body, filter);
        var count = SizeOrUnknown(macro.Range);
        var result = macro.Kind == CelMacroKind.ExistsOne ? CelEstimate.Exactly(2) : One;
        var cost = range + Initial(macro.Kind) + result + (count * step);
        if (macro.Kind is CelMacroKind.All or CelMacroKind.Exists or CelMacroKind.ExistsOne)
        {
            _sizes[macro] = One;
            return cost;
        }

        _sizes[macro] = count;
        if (macro.Kind is CelMacroKind.Map or CelMacroKind.Filter or CelMacroKind.TransformList)
            SetEntries(macro, new CelEntrySize(IsList: true, One, new CelEstimate(0, item.Max)));
        if (macro.Kind == CelMacroKind.SortBy)
            return cost + CelEstimate.Exactly(CelUnits.List) + One + CelFunctionCosts.Sorted(count, TypeOf(macro.Body)).Cost;
        return cost;
    }

    /// <summary>What one round of a macro costs: its condition and what it does, written out as cel-go writes macros out.</summary>
    private static CelEstimate Step(CelMacro macro, CelEstimate body, CelEstimate filter)
    {
        const int append = 2 + CelUnits.List;
        switch (macro.Kind)
        {
            case CelMacroKind.All:
                return new CelEstimate(3, CelEstimate.Add(body.Max, 3));
            case CelMacroKind.Exists:
                return new CelEstimate(4, CelEstimate.Add(body.Max, 4));
            case CelMacroKind.ExistsOne:
                return body + new CelEstimate(1, 2);
            case CelMacroKind.Filter:
                return body + new CelEstimate(1, append + 1);
        }

        var add = macro.Kind switch
        {
            CelMacroKind.TransformMap => body + CelEstimate.Exactly(3),
            CelMacroKind.TransformMapEntry => body + CelEstimate.Exactly(2),
            _ => body + CelEstimate.Exactly(append),
        };
        return macro.Filter is null ? add : filter + add.Or(One);
    }

    private static CelEstimate Initial(CelMacroKind kind) => kind switch
    {
        CelMacroKind.Map or CelMacroKind.Filter or CelMacroKind.TransformList or CelMacroKind.SortBy => CelEstimate.Exactly(CelUnits.List),
        CelMacroKind.TransformMap or CelMacroKind.TransformMapEntry => CelEstimate.Exactly(CelUnits.Map),
        _ => CelEstimate.Nothing,
    };

    private CelEstimate Optional(CelMacro macro)
    {
        var range = Cost(macro.Range);
        var outer = _locals;
        _locals = _locals.SetItem(macro.Variables[0], new Local(default, null, null));
        var body = Cost(macro.Body);
        _locals = outer;
        // The value is bound by a comprehension over an empty list, which is only entered where there is one.
        var bound = CelEstimate.Exactly(CelUnits.List) + range + One + body;
        var present = macro.Kind == CelMacroKind.OptionalMap ? bound + One : bound;
        return range + One + present.Or(One);
    }

    private void Bind(CelMacro macro)
    {
        var (entries, path) = (EntriesOf(macro.Range), PathOf(macro.Range));
        var isList = entries?.IsList ?? (TypeOf(macro.Range).Kind == CelTypeKind.List);
        if (macro.Variables.Length == 2)
            _locals = _locals.SetItem(macro.Variables[0], new Local(path.Append(isList ? "@indices" : "@keys"), entries?.Key, null));
        _locals = _locals.SetItem(macro.Variables[^1], isList || macro.Variables.Length == 2
            ? new Local(path.Append(isList ? "@items" : "@values"), entries?.Value, null)
            : new Local(path.Append("@keys"), entries?.Key, null));
    }

    private CelEstimate SizeOfVariable(CelMacro macro)
    {
        var local = _locals[macro.Variables[0]];
        var isScalar = TypeOf(macro.Range).Parameters is [var type, ..] && IsScalar(type);
        return SizeAt(local.Path) ?? (isScalar ? One : local.Size) ?? CelEstimate.Unknown;
    }

    private CelOperand Operand(CelNode node) => new(node, TypeOf(node), PathOf(node), SizeOf(node));

    private CelOperand? ItemOf(CelOperand list)
    {
        if (list.Type.Parameters.IsEmpty)
            return null;
        var path = list.Path.IsEmpty ? default : list.Path.Copy().Append("@items");
        return new CelOperand(null, list.Type.Parameters[0], path, SizeAt(path));
    }

    private CelType TypeOf(CelNode node) => _typing.Types.GetValueOrDefault(node, CelType.Dyn);

    private CelPath PathOf(CelNode node) => _paths.GetValueOrDefault(node);

    private CelEstimate SizeOrUnknown(CelNode node) => SizeOf(node) ?? CelEstimate.Unknown;

    private CelEstimate? SizeOf(CelNode node)
    {
        if (_sizes.TryGetValue(node, out var known))
            return known;
        CelEstimate? written = node switch
        {
            CelLiteral { Value: string text } => CelEstimate.Exactly((ulong)CodePoints.Count(text)),
            CelLiteral { Value: CelBytes bytes } => CelEstimate.Exactly((ulong)bytes.Content.Length),
            CelLiteral => One,
            CelListLiteral list => CelEstimate.Exactly((ulong)list.Items.Length),
            CelMapLiteral map => CelEstimate.Exactly((ulong)map.Entries.Length),
            _ => null,
        };
        if ((written ?? SizeAt(PathOf(node))) is not { } size)
            return IsScalar(TypeOf(node)) ? One : node is CelIdentifier identifier && _locals.TryGetValue(identifier.Name, out var local) ? local.Size : null;
        return _sizes[node] = size;
    }

    private CelEntrySize? EntriesOf(CelNode node) => _entries.TryGetValue(node, out var known)
        ? known
        : node is CelIdentifier identifier && _locals.TryGetValue(identifier.Name, out var local) ? local.Entries : null;

    private void SetEntries(CelNode node, CelEntrySize? entries)
    {
        if (entries is not null)
            _entries[node] = entries;
    }

    private void Copy(CelNode target, CelNode source)
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
        var at = _root;
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
