using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>Evaluates an expression. An error is a value that goes up until logic makes it irrelevant.</summary>
internal sealed class CelEvaluator(CelBudget budget)
{
    /// <summary>The functions beside operators of which cel-go does not say what they were called with.</summary>
    private static readonly FrozenSet<string> Unsigned = ["!_", "-_", "@in", "size", "contains", "startsWith", "endsWith", "matches"];

    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    /// <exception cref="CelBudgetException">The evaluation takes too much work.</exception>
    public object Evaluate(CelNode node, CelScope? scope)
    {
        budget.Charge(1);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return new CelError("the expression is nested too deeply");
        return node switch
        {
            CelLiteral literal => literal.Value,
            CelIdentifier identifier => CelScope.Find(scope, identifier.Name) ?? TypeNamed(identifier.Name),
            CelSelect select => Select(select, scope),
            CelHas has => Has(has.Selection, scope),
            CelCall call => Call(call, scope),
            CelListLiteral list => List(list, scope),
            CelMapLiteral map => Map(map, scope),
            CelMessageLiteral message => Message(message, scope),
            CelMacro macro => new CelMacroEvaluator(this, budget).Evaluate(macro, scope),
            _ => new CelError("unknown expression"),
        };
    }

    private static object TypeNamed(string name) => CelChecker.TypeNamed(name) ?? (object)new CelError($"no such attribute(s): {name}");

    private object Select(CelSelect select, CelScope? scope)
    {
        if (select.QualifiedName is { } name && QualifiedVariable(name, (CelIdentifier)select.Operand, scope) is { } variable)
            return variable;
        var operand = Evaluate(select.Operand, scope);
        if (operand is CelError)
            return operand;
        if (operand is CelOptional optional)
            return optional.Value is { } inner && Field(inner, select.Field) is { } through ? through is CelError ? through : new CelOptional(through) : CelOptional.None;
        var value = Field(operand, select.Field);
        if (!select.Optional)
            return value ?? CelError.NoSuchKey(select.Field);
        return value is null ? CelOptional.None : value is CelError ? value : new CelOptional(value);
    }

    /// <summary>The variable with a dot in its name; null where the name before the dot is a variable of its own.</summary>
    private static object? QualifiedVariable(string name, CelIdentifier beforeDot, CelScope? scope) =>
        CelScope.Find(scope, name) ?? (CelScope.Find(scope, beforeDot.Name) is null ? new CelError($"no such attribute(s): {name}") : null);

    private object Has(CelSelect selection, CelScope? scope)
    {
        var operand = Evaluate(selection.Operand, scope);
        return operand switch
        {
            CelError => operand,
            CelOptional optional => optional.Value is { } inner && Field(inner, selection.Field) is not null,
            _ => Field(operand, selection.Field) switch { CelError { Message: "no such overload" } error => error, null => false, _ => true },
        };
    }

    private static object? Field(object operand, string name) => operand switch
    {
        CelObject obj => obj.Get(name),
        CelMap map => map.Entries.GetValueOrDefault(name),
        CelMessage message => message.Fields.GetValueOrDefault(name),
        CelLazyMap map => map.Find(name),
        bool or long or ulong or double or string => null,
        _ => CelError.NoSuchOverload,
    };

    private object Call(CelCall call, CelScope? scope)
    {
        switch (call.Function)
        {
            case "_&&_":
                return Logic(call, scope, decisive: false);
            case "_||_":
                return Logic(call, scope, decisive: true);
            case "_?_:_":
                return Evaluate(call.Arguments[0], scope) switch
                {
                    true => Evaluate(call.Arguments[1], scope),
                    false => Evaluate(call.Arguments[2], scope),
                    CelError error => error,
                    _ => CelError.NoSuchOverload,
                };
        }

        if (call.Target is CelIdentifier target && CelScope.Find(scope, target.Name) is null && $"{target.Name}.{call.Function}" is var qualified && CelFunctionTable.IsKnown(qualified, member: false))
            return Invoke(qualified, false, call.Arguments, scope);
        return Invoke(call.Function, call.Target is not null, call.Operands, scope);
    }

    private object Logic(CelCall call, CelScope? scope, bool decisive)
    {
        var left = Evaluate(call.Arguments[0], scope);
        if (left is bool first && first == decisive)
            return left;
        var right = Evaluate(call.Arguments[1], scope);
        if (right is bool second && second == decisive)
            return right;
        if (left is bool && right is bool)
            return !decisive;
        return left as CelError ?? right as CelError ?? CelError.NoSuchOverload;
    }

    private object Invoke(string name, bool member, IReadOnlyList<CelNode> operands, CelScope? scope)
    {
        var values = new object[operands.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(operands[i], scope);
            if (values[i] is CelError)
                return values[i];
        }

        budget.Charge(CelCost.Of(name, values));

        foreach (var overload in CelFunctionTable.Overloads(name, member))
        {
            if (!Fits(overload, values))
                continue;
            var result = Guarded(overload, values);
            // What a function makes counts more than what it looks at.
            budget.Charge(CelCost.SizeOf(result));
            return result;
        }

        return name.StartsWith('_') || Unsigned.Contains(name) ? CelError.NoSuchOverload : new CelError($"{CelError.NoSuchOverload.Message}: {name}({string.Join(", ", values.Select(static value => CelRuntimeType.Of(value).Name))})");
    }

    private static bool Fits(CelFunction overload, object[] values)
    {
        var parameters = overload.Signature.Parameters;
        if (parameters.Length != values.Length)
            return false;
        for (var i = 0; i < values.Length; i++)
        {
            if (!CelRuntimeType.Fits(parameters[i], values[i]))
                return false;
        }

        return true;
    }

    private static object Guarded(CelFunction overload, object[] values)
    {
        try
        {
            return overload.Invoke(values);
        }
        catch (CelException error)
        {
            return new CelError(error.Message);
        }
        catch (InvalidOperationException error) when (error.InnerException is CelException inner)
        {
            // Sorting wraps what its comparison throws.
            return new CelError(inner.Message);
        }
        catch (Exception error) when (error is InvalidCastException or OverflowException)
        {
            return CelError.NoSuchOverload;
        }
    }

    private object List(CelListLiteral list, CelScope? scope)
    {
        var items = new List<object>(list.Items.Length);
        foreach (var (node, optional) in list.Items)
        {
            var value = Evaluate(node, scope);
            if (value is CelError)
                return value;
            if (!optional)
                items.Add(value);
            else if (value is CelOptional { Value: { } inner })
                items.Add(inner);
        }

        return new CelList(items);
    }

    private object Map(CelMapLiteral map, CelScope? scope)
    {
        var entries = new Dictionary<object, object>(CelEquality.Instance);
        foreach (var (keyNode, valueNode, optional) in map.Entries)
        {
            var (key, value) = (Evaluate(keyNode, scope), Evaluate(valueNode, scope));
            if ((key as CelError ?? value as CelError) is { } error)
                return error;
            if (key is not (bool or long or ulong or double or string))
                return new CelError($"unsupported key type: {CelRuntimeType.Of(key)}");
            if (optional)
            {
                if (value is not CelOptional { Value: { } inner })
                    continue;
                value = inner;
            }

            if (!entries.TryAdd(key, value))
                return new CelError($"insert failed: key {CelText.Of(key)} already exists");
        }

        return new CelMap(entries);
    }

    private object Message(CelMessageLiteral message, CelScope? scope)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var field in message.Fields)
        {
            var value = Evaluate(field.Value, scope);
            if (value is CelError)
                return value;
            if (!field.Optional)
                fields[field.Name] = value;
            else if (value is CelOptional { Value: { } inner })
                fields[field.Name] = inner;
        }

        return new CelMessage(CelPatchTypes.Named(message.TypeName)!, fields.ToImmutable());
    }
}
