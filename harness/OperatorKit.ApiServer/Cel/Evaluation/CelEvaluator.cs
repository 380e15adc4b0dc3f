using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Costs;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Evaluation;

/// <summary>
/// Evaluates an expression. An error is a value that goes up until logic makes it irrelevant. What it costs is what it costs cel-go,
/// which evaluates a variable with all that is selected from it in one, and at times leaves the variable itself out of account.
/// </summary>
internal sealed class CelEvaluator(CelPlan plan, CelBudget budget)
{
    /// <summary>The functions beside operators of which cel-go does not say what they were called with.</summary>
    private static readonly FrozenSet<string> Unsigned = ["!_", "-_", "@in", "size", "contains", "startsWith", "endsWith", "matches"];

    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    /// <exception cref="CelBudgetException">The evaluation costs too much.</exception>
    public object Evaluate(CelNode node, CelScope? scope)
    {
        if (node is not (CelLiteral or CelSelect) && plan.Constant(node) is { } constant)
            return constant;
        var value = Resolve(node, scope);
        if (node is CelIdentifier || (IsPath(node) && !IsChoice(Origin(node))))
            budget.Charge(1);
        return value;
    }

    /// <summary>The value of what a path goes on from, an index looks up or a choice comes to: no access to a variable is counted for it.</summary>
    private object Resolve(CelNode node, CelScope? scope)
    {
        budget.Work(1);
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
            CelMacro macro => new CelMacroEvaluator(this, plan, budget).Evaluate(macro, scope),
            _ => new CelError("unknown expression"),
        };
    }

    /// <summary>What a path goes on from.</summary>
    private object From(CelNode node, CelScope? scope) => IsPath(node) || node is CelIdentifier or CelHas || IsChoice(node) ? Resolve(node, scope) : Evaluate(node, scope);

    private static bool IsPath(CelNode node) => node is CelSelect or CelCall { Function: "_[_]" or "_[?_]" };

    private static bool IsChoice(CelNode node) => node is CelCall { Function: "_?_:_" };

    /// <summary>Where a path begins.</summary>
    private static CelNode Origin(CelNode node)
    {
        while (IsPath(node))
            node = node is CelSelect select ? select.Operand : ((CelCall)node).Operands[0];
        return node;
    }

    private static object TypeNamed(string name) => CelChecker.TypeNamed(name) ?? (object)new CelError($"no such attribute(s): {name}");

    private object Select(CelSelect select, CelScope? scope)
    {
        if (select.QualifiedName is { } name && QualifiedVariable(name, (CelIdentifier)select.Operand, scope) is { } variable)
            return variable;
        var operand = From(select.Operand, scope);
        if (operand is CelError)
            return operand;
        if (operand is CelOptional optional)
            return optional.Value is { } inner ? OptionalField(inner, select.Field) : CelOptional.None;
        if (select.Optional)
            return OptionalField(operand, select.Field);
        budget.Charge(1);
        return Field(operand, select.Field) ?? CelError.NoSuchKey(select.Field);
    }

    /// <summary>A field that may be missing, which then costs nothing.</summary>
    private object OptionalField(object operand, string name)
    {
        if (Field(operand, name) is not { } value)
            return CelOptional.None;
        budget.Charge(1);
        return value is CelError ? value : new CelOptional(value);
    }

    /// <summary>The variable with a dot in its name; null where the name before the dot is a variable of its own.</summary>
    private static object? QualifiedVariable(string name, CelIdentifier beforeDot, CelScope? scope) =>
        CelScope.Find(scope, name) ?? (CelScope.Find(scope, beforeDot.Name) is null ? new CelError($"no such attribute(s): {name}") : null);

    private object Has(CelSelect selection, CelScope? scope)
    {
        var operand = From(selection.Operand, scope);
        switch (operand)
        {
            case CelError:
                return operand;
            case CelOptional { Value: null }:
                return false;
            case CelOptional { Value: var inner }:
                return OptionalField(inner, selection.Field) is not CelOptional { Value: null };
            default:
                budget.Charge(1);
                return Field(operand, selection.Field) switch { CelError { Message: "no such overload" } error => error, null => false, _ => true };
        }
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
                    true => From(call.Arguments[1], scope),
                    false => From(call.Arguments[2], scope),
                    CelError error => error,
                    _ => CelError.NoSuchOverload,
                };
            case "_[_]" or "_[?_]":
                return Index(call, scope);
            case "or" or "orValue" when call.Operands.Length == 2 && call.Target is not null:
                return Otherwise(call, scope);
            case "@in" when IsSet(call):
                return Member(call, scope);
        }

        if (call.Target is CelIdentifier target && CelScope.Find(scope, target.Name) is null && $"{target.Name}.{call.Function}" is var qualified && CelFunctionTable.IsKnown(qualified, member: false))
            return Invoke(call, qualified, false, call.Arguments, scope);
        return Invoke(call, call.Function, call.Target is not null, call.Operands, scope);
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

    private object Index(CelCall call, CelScope? scope)
    {
        var container = From(call.Operands[0], scope);
        if (container is CelError or CelOptional { Value: null })
            return container;
        var index = From(call.Operands[1], scope);
        if (index is CelError)
            return index;
        var value = Applied(call.Function, false, [container, index]);
        if (value is not CelOptional { Value: null })
            budget.Charge(1);
        return value;
    }

    /// <summary>What there is, or else something else, which is then looked at only. Neither costs anything.</summary>
    private object Otherwise(CelCall call, CelScope? scope) => Evaluate(call.Operands[0], scope) switch
    {
        CelError error => error,
        CelOptional { Value: null } => Evaluate(call.Operands[1], scope),
        CelOptional optional => call.Function == "or" ? optional : optional.Value,
        _ => CelError.NoSuchOverload,
    };

    /// <summary>Whether a call looks something up among constants, which cel-go then keeps as a set.</summary>
    private bool IsSet(CelCall call) => plan.Constant(call.Operands[1]) is CelList list && plan.Overload(call) is not null
        && list.Items.All(static item => item is bool or long or ulong or double or string);

    private object Member(CelCall call, CelScope? scope)
    {
        var set = plan.Constant(call.Operands[1])!;
        var value = Evaluate(call.Operands[0], scope);
        return value is CelError ? value : Applied(call.Function, false, [value, set]);
    }

    private object Invoke(CelCall call, string name, bool member, ImmutableArray<CelNode> operands, CelScope? scope)
    {
        var values = new object[operands.Length];
        object? failed = null;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(operands[i], scope);
            if (values[i] is not CelError)
                continue;
            failed ??= values[i];
            // Of more than two operands, those after one that fails are not looked at, and the call is not counted.
            if (values.Length > 2)
                return failed;
        }

        var result = failed ?? Applied(name, member, values);
        budget.Charge(CelCallCosts.Of(name, plan.Overload(call), values, result));
        return result;
    }

    private object Applied(string name, bool member, object[] values)
    {
        budget.Work(CelCost.Of(name, values));
        foreach (var overload in CelFunctionTable.Overloads(name, member))
        {
            if (!Fits(overload, values))
                continue;
            var result = Guarded(overload, values);
            // What a function makes counts more than what it looks at.
            budget.Work(CelCost.SizeOf(result));
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

        budget.Charge(CelUnits.List);
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

        budget.Charge(CelUnits.Map);
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

        budget.Charge(CelUnits.Message);
        return new CelMessage(CelPatchTypes.Named(message.TypeName)!, fields.ToImmutable());
    }
}
