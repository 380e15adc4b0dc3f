using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>Evaluates the macros that walk lists and maps.</summary>
internal sealed class CelMacroEvaluator(CelEvaluator evaluator, CelBudget budget)
{
    public object Evaluate(CelMacro macro, CelScope? scope)
    {
        var range = evaluator.Evaluate(macro.Range, scope);
        if (range is CelError)
            return range;
        if (macro.Kind is CelMacroKind.OptionalMap or CelMacroKind.OptionalFlatMap)
            return Optional(macro, range, scope);
        if (Items(range, macro.Variables.Length) is not { } items)
            return range is bool or long or ulong or double or string ? new CelError($"got 'types.{char.ToUpperInvariant(CelRuntimeType.Of(range).Name[0])}{CelRuntimeType.Of(range).Name[1..]}', expected iterable type") : CelError.NoSuchOverload;
        var scopes = items.Select(item => Bound(macro, item, scope));
        return macro.Kind switch
        {
            CelMacroKind.All => Quantified(macro, scopes, decisive: false),
            CelMacroKind.Exists => Quantified(macro, scopes, decisive: true),
            CelMacroKind.ExistsOne => One(macro, scopes),
            CelMacroKind.Filter => Filtered(macro, items, scope),
            CelMacroKind.SortBy => Sorted(macro, items, scope),
            CelMacroKind.TransformMap => TransformedMap(macro, items, scope),
            CelMacroKind.TransformMapEntry => TransformedEntries(macro, scopes),
            _ => Mapped(macro, scopes),
        };
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
        budget.Charge(1);
        return macro.Variables.Length == 1
            ? new CelScope(macro.Variables[0], item.Value, scope)
            : new CelScope(macro.Variables[1], item.Value, new CelScope(macro.Variables[0], item.Key, scope));
    }

    /// <summary>True or false as soon as one item decides; errors count only if none does.</summary>
    private object Quantified(CelMacro macro, IEnumerable<CelScope> scopes, bool decisive)
    {
        CelError? error = null;
        foreach (var inner in scopes)
        {
            var holds = evaluator.Evaluate(macro.Body, inner);
            if (holds is bool value && value == decisive)
                return decisive;
            if (holds is not bool)
                error ??= holds as CelError ?? CelError.NoSuchOverload;
        }

        return error ?? (object)!decisive;
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
                    break;
                case CelError error:
                    return error;
            }
        }

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
                    break;
                case CelError error:
                    return error;
            }
        }

        return new CelList(kept);
    }

    private object Mapped(CelMacro macro, IEnumerable<CelScope> scopes)
    {
        var results = new List<object>();
        foreach (var inner in scopes)
        {
            if (Counts(macro, inner) is { } error)
                return error;
            if (macro.Filter is not null && evaluator.Evaluate(macro.Filter, inner) is not true)
                continue;
            var result = evaluator.Evaluate(macro.Body, inner);
            if (result is CelError)
                return result;
            results.Add(result);
        }

        return new CelList(results);
    }

    private object TransformedMap(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope)
    {
        var entries = new List<KeyValuePair<object, object>>();
        foreach (var item in items)
        {
            var inner = Bound(macro, item, scope);
            if (Counts(macro, inner) is { } error)
                return error;
            if (macro.Filter is not null && evaluator.Evaluate(macro.Filter, inner) is not true)
                continue;
            var value = evaluator.Evaluate(macro.Body, inner);
            if (value is CelError)
                return value;
            entries.Add(new(item.Key, value));
        }

        return CelMap.Of(entries);
    }

    private object TransformedEntries(CelMacro macro, IEnumerable<CelScope> scopes)
    {
        var mapped = Mapped(macro, scopes);
        if (mapped is not CelList list)
            return mapped;
        var entries = new Dictionary<object, object>(CelEquality.Instance);
        foreach (var (key, value) in list.Items.OfType<CelMap>().SelectMany(static map => map.Entries))
        {
            if (!entries.TryAdd(key, value))
                return new CelError($"insert failed: key {CelText.Of(key)} already exists");
        }

        return new CelMap(entries);
    }

    private object Sorted(CelMacro macro, IEnumerable<(object Key, object Value)> items, CelScope? scope)
    {
        var keyed = new List<(object Key, object Value)>();
        foreach (var item in items)
        {
            var key = evaluator.Evaluate(macro.Body, Bound(macro, item, scope));
            if (key is CelError)
                return key;
            keyed.Add((key, item.Value));
        }

        try
        {
            return new CelList([.. keyed.OrderBy(static pair => pair.Key, Comparer<object>.Create(CelOperators.Compare)).Select(static pair => pair.Value)]);
        }
        catch (Exception error) when (error is CelException or InvalidOperationException)
        {
            return CelError.NoSuchOverload;
        }
    }

    private CelError? Counts(CelMacro macro, CelScope inner) =>
        macro.Filter is null ? null : evaluator.Evaluate(macro.Filter, inner) as CelError;

    private object Optional(CelMacro macro, object range, CelScope? scope)
    {
        if (range is not CelOptional optional)
            return CelError.NoSuchOverload;
        if (optional.Value is null)
            return optional;
        var result = evaluator.Evaluate(macro.Body, new CelScope(macro.Variables[0], optional.Value, scope));
        if (result is CelError || macro.Kind == CelMacroKind.OptionalFlatMap)
            return result;
        return new CelOptional(result);
    }
}
