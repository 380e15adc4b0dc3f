using OperatorKit.ApiServer.Cel.Costs;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>
/// Evaluates the macros that walk lists and maps. cel-go writes them out as loops, and counts what the loops do beside the macro's
/// own expressions.
/// </summary>
internal sealed class CelMacroEvaluator(CelEvaluator evaluator, CelPlan plan, CelBudget budget)
{
    /// <summary>Reading the result so far or the present item, or a call on it.</summary>
    private const long Step = 1;

    public object Evaluate(CelMacro macro, CelScope? scope)
    {
        var before = budget.Spent;
        var range = evaluator.Evaluate(macro.Range, scope);
        if (range is CelError)
            return range;
        if (macro.Kind is CelMacroKind.OptionalMap or CelMacroKind.OptionalFlatMap)
            return Optional(macro, range, budget.Spent - before, scope);
        if (Items(range, macro.Variables.Length) is not { } items)
            return range is bool or long or ulong or double or string ? new CelError($"got 'types.{char.ToUpperInvariant(CelRuntimeType.Of(range).Name[0])}{CelRuntimeType.Of(range).Name[1..]}', expected iterable type") : CelError.NoSuchOverload;
        var scopes = items.Select(item => Bound(macro, item, scope));
        var result = macro.Kind switch
        {
            CelMacroKind.All => Quantified(macro, scopes, decisive: false),
            CelMacroKind.Exists => Quantified(macro, scopes, decisive: true),
            CelMacroKind.ExistsOne => One(macro, scopes),
            CelMacroKind.Filter => Filtered(macro, items, scope),
            CelMacroKind.SortBy => Sorted(macro, items, scope),
            CelMacroKind.TransformMap => TransformedMap(macro, items, scope),
            CelMacroKind.TransformMapEntry => TransformedEntries(macro, items, scope),
            _ => Mapped(macro, items, scope),
        };
        budget.Charge(Step);
        return result;
    }

    /// <summary>What the variables stand for, one pair an item; null where nothing can be walked.</summary>
    private static IEnumerable<(object Key, object Value)>? Items(object range, int variables) => range switch
    {
        CelList list => list.Items.Select(static (item, index) => ((object)(long)index, item)),
        CelMap map when variables == 1 => map.Entries.Select(static entry => (entry.Key, entry.Key)),
        CelMap map => map.Entries.Select(static entry => (entry.Key, entry.Value)),
        _ => null,
    };

    private CelScope Bound(CelMacro macro, (object Key, object Value) item, CelScope? scope)
    {
        budget.Work(1);
        return macro.Variables.Length == 1
            ? new CelScope(macro.Variables[0], item.Value, scope)
            : new CelScope(macro.Variables[1], item.Value, new CelScope(macro.Variables[0], item.Key, scope));
    }

    /// <summary>True or false as soon as one item decides; errors count only if none does.</summary>
    private object Quantified(CelMacro macro, IEnumerable<CelScope> scopes, bool decisive)
    {
        CelError? error = null;
        var decided = false;
        foreach (var inner in scopes)
        {
            // The loop asks whether to go on, and for exists the other way round.
            budget.Charge(decisive ? 3 * Step : 2 * Step);
            if (decided)
                return decisive;
            budget.Charge(Step);
            var holds = evaluator.Evaluate(macro.Body, inner);
            decided = holds is bool value && value == decisive;
            if (holds is not bool)
                error ??= holds as CelError ?? CelError.NoSuchOverload;
        }

        return decided ? decisive : error ?? (object)!decisive;
    }

    private object One(CelMacro macro, IEnumerable<CelScope> scopes)
    {
        var count = 0;
        foreach (var inner in scopes)
        {
            switch (evaluator.Evaluate(macro.Body, inner))
            {
                case true:
                    count++;
                    budget.Charge(2 * Step);
                    break;
                case CelError error:
                    return error;
            }
        }

        budget.Charge(Step);
        return count == 1;
    }

    private object Filtered(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope)
    {
        var kept = new List<object>();
        foreach (var item in items)
        {
            switch (evaluator.Evaluate(macro.Body, Bound(macro, item, scope)))
            {
                case true:
                    kept.Add(item.Value);
                    budget.Charge(CelUnits.List + (3 * Step));
                    break;
                case CelError error:
                    return error;
            }
        }

        return new CelList(kept);
    }

    private object Mapped(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope) =>
        Transform(macro, items, scope, Appended(macro), out var results) ?? (object)new CelList(results.ConvertAll(static result => result.Value));

    /// <summary>What it takes to append an item: the list so far and one of the item are added.</summary>
    private long Appended(CelMacro macro) => (plan.IsConstant(macro.Body) ? 0 : CelUnits.List) + (2 * Step);

    private object TransformedMap(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope) =>
        Transform(macro, items, scope, 3 * Step, out var results) ?? (object)CelMap.Of(results);

    private object TransformedEntries(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope)
    {
        if (Transform(macro, items, scope, 2 * Step, out var results) is { } error)
            return error;
        var entries = new Dictionary<object, object>(CelEquality.Instance);
        foreach (var (key, value) in results.Select(static result => result.Value).OfType<CelMap>().SelectMany(static map => map.Entries))
        {
            if (!entries.TryAdd(key, value))
                return new CelError($"insert failed: key {CelText.Of(key)} already exists");
        }

        return new CelMap(entries);
    }

    /// <summary>What the body makes of the items that the filter lets through, with their keys; or the first error.</summary>
    /// <param name="cost">What it takes to keep one result.</param>
    private CelError? Transform(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope, long cost, out List<KeyValuePair<object, object>> results)
    {
        results = [];
        foreach (var item in items)
        {
            var inner = Bound(macro, item, scope);
            switch (macro.Filter is null ? true : evaluator.Evaluate(macro.Filter, inner))
            {
                case CelError failed:
                    return failed;
                case not true:
                    continue;
            }

            var result = evaluator.Evaluate(macro.Body, inner);
            budget.Charge(cost);
            if (result is CelError error)
                return error;
            results.Add(new(item.Key, result));
        }

        return null;
    }

    private object Sorted(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope)
    {
        var keyed = new List<(object Key, object Value)>();
        foreach (var item in items)
        {
            var key = evaluator.Evaluate(macro.Body, Bound(macro, item, scope));
            budget.Charge(Appended(macro));
            if (key is CelError)
                return key;
            keyed.Add((key, item.Value));
        }

        // The list is kept in a variable, which is read twice.
        budget.Charge((2 * Step) + (plan.HasDynamicKeys(macro) ? Step : CelCallCosts.Sorted(new CelList(keyed.ConvertAll(static pair => pair.Key)))));
        try
        {
            return new CelList([.. keyed.OrderBy(static pair => pair.Key, Comparer<object>.Create(CelOperators.Compare)).Select(static pair => pair.Value)]);
        }
        catch (Exception error) when (error is CelException or InvalidOperationException)
        {
            return CelError.NoSuchOverload;
        }
    }

    /// <param name="cost">What the optional cost: it is asked for whether it has a value, and once more for the value.</param>
    private object Optional(CelMacro macro, object range, long cost, CelScope? scope)
    {
        budget.Charge(Step);
        if (range is not CelOptional optional)
            return CelError.NoSuchOverload;
        budget.Charge(optional.Value is null || macro.Kind == CelMacroKind.OptionalMap ? Step : 0);
        if (optional.Value is null)
            return optional;
        budget.Charge(cost + Step);
        var result = evaluator.Evaluate(macro.Body, new CelScope(macro.Variables[0], optional.Value, scope));
        if (result is CelError || macro.Kind == CelMacroKind.OptionalFlatMap)
            return result;
        return new CelOptional(result);
    }
}
