using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>
/// Estimates what an expression costs in the worst case, before there is any object: by the sizes that its schema allows. The units
/// are those of cel-go, and a rule that is refused for its cost is refused by a real server too.
/// </summary>
internal sealed class CelCostEstimator
{
    private readonly CelTyping _typing;
    private readonly CelSizes _sizes;
    private readonly CelFunctionCosts _functions;

    private CelCostEstimator(CelTyping typing, CelSchemaSize root)
    {
        _typing = typing;
        _sizes = new CelSizes(typing, root);
        _functions = new CelFunctionCosts(_sizes.ItemOf);
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
        _sizes.SetVariable(identifier);
        return CelEstimate.One;
    }

    private CelEstimate Select(CelSelect select)
    {
        var operand = Cost(select.Operand);
        if (select.Optional)
            return operand + CelEstimate.One;
        _sizes.SetPath(select, _sizes.PathOf(select.Operand).Append(select.Field));
        return _sizes.TypeOf(select.Operand).Kind is CelTypeKind.Map or CelTypeKind.Object or CelTypeKind.Message ? operand + CelEstimate.One : operand;
    }

    private CelEstimate List(CelListLiteral list)
    {
        var (cost, size) = (CelEstimate.Exactly(CelUnits.List), new CelEstimate(list.Items.IsEmpty ? 0 : ulong.MaxValue, 0));
        foreach (var (value, _) in list.Items)
        {
            cost += Cost(value);
            size = size.Or(_sizes.SizeOrUnknown(value));
        }

        _sizes.SetEntries(list, new CelEntrySize(IsList: true, CelEstimate.One, size));
        return cost;
    }

    private CelEstimate Map(CelMapLiteral map)
    {
        var none = new CelEstimate(map.Entries.IsEmpty ? 0 : ulong.MaxValue, 0);
        var (cost, keys, values) = (CelEstimate.Exactly(CelUnits.Map), none, none);
        foreach (var (key, value, _) in map.Entries)
        {
            cost = cost + Cost(key) + Cost(value);
            (keys, values) = (keys.Or(_sizes.SizeOrUnknown(key)), values.Or(_sizes.SizeOrUnknown(value)));
        }

        _sizes.SetEntries(map, new CelEntrySize(IsList: false, keys, values));
        return cost;
    }

    private CelEstimate Call(CelCall call)
    {
        if (call.Function == "dyn")
        {
            var argument = Cost(call.Arguments[0]);
            _sizes.Copy(call, call.Arguments[0]);
            return argument + CelEstimate.One;
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
            operands[at] = _sizes.Operand(resolved.Operands[at]);
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
        _sizes.SetSize(call, _sizes.SizeOrUnknown(yes).Or(_sizes.SizeOrUnknown(no)));
        _sizes.SetEntries(call, CelEntrySize.Either(_sizes.EntriesOf(yes), _sizes.EntriesOf(no)));
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
            if (overload.Name == "_+_")
                _sizes.SetEntries(call, CelEntrySize.Either(_sizes.EntriesOf(resolved.Operands[0]), _sizes.EntriesOf(resolved.Operands[1])));
            if (overload.Name == "_[_]" && overload.Signature.Parameters[0].Kind is CelTypeKind.List or CelTypeKind.Map)
            {
                size = _sizes.EntriesOf(resolved.Operands[0])?.Value;
                _sizes.SetPath(call, _sizes.PathOf(resolved.Operands[0]).Append(overload.Signature.Parameters[0].Kind == CelTypeKind.List ? "@items" : "@values"));
            }

            size ??= _sizes.SizeOf(call);
        }

        if (size is { } final)
            _sizes.SetSize(call, final);
        return cost;
    }

    private CelEstimate Macro(CelMacro macro)
    {
        if (macro.Kind is CelMacroKind.OptionalMap or CelMacroKind.OptionalFlatMap)
            return Optional(macro);
        var range = Cost(macro.Range);
        _sizes.Enter(macro);
        var filter = macro.Filter is null ? CelEstimate.Nothing : Cost(macro.Filter);
        var body = Cost(macro.Body);
        var item = macro.Kind == CelMacroKind.Filter ? _sizes.SizeOfVariable(macro) : _sizes.SizeOrUnknown(macro.Body);
        _sizes.Leave();
        var step = CelMacroCosts.Step(macro, body, filter);
        var count = _sizes.SizeOrUnknown(macro.Range);
        var result = macro.Kind == CelMacroKind.ExistsOne ? CelEstimate.Exactly(2) : CelEstimate.One;
        var cost = range + CelMacroCosts.Initial(macro.Kind) + result + (count * step);
        if (macro.Kind is CelMacroKind.All or CelMacroKind.Exists or CelMacroKind.ExistsOne)
        {
            _sizes.SetSize(macro, CelEstimate.One);
            return cost;
        }

        _sizes.SetSize(macro, count);
        if (macro.Kind is CelMacroKind.Map or CelMacroKind.Filter or CelMacroKind.TransformList)
            _sizes.SetEntries(macro, new CelEntrySize(IsList: true, CelEstimate.One, new CelEstimate(0, item.Max)));
        if (macro.Kind == CelMacroKind.SortBy)
            return cost + CelEstimate.Exactly(CelUnits.List) + CelEstimate.One + CelFunctionCosts.Sorted(count, _sizes.TypeOf(macro.Body)).Cost;
        return cost;
    }

    private CelEstimate Optional(CelMacro macro)
    {
        var range = Cost(macro.Range);
        _sizes.Enter(macro);
        var body = Cost(macro.Body);
        _sizes.Leave();
        // The value is bound by a comprehension over an empty list, which is only entered where there is one.
        var bound = CelEstimate.Exactly(CelUnits.List) + range + CelEstimate.One + body;
        var present = macro.Kind == CelMacroKind.OptionalMap ? bound + CelEstimate.One : bound;
        return range + CelEstimate.One + present.Or(CelEstimate.One);
    }
}
