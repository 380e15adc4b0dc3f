using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Syntax;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>Finds the type of an expression and everything in it that cannot be, with the texts of cel-go.</summary>
internal sealed class CelChecker
{
    private static readonly ImmutableDictionary<string, CelType> TypeNames = new[]
    {
        CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes,
        CelType.List(CelType.Dyn), CelType.Map(CelType.Dyn, CelType.Dyn), CelType.Optional(CelType.Dyn),
    }.ToImmutableDictionary(static type => type.Name, StringComparer.Ordinal).Add("null_type", CelType.Null);

    private readonly CelEnvironment _environment;
    private readonly List<CelIssue> _issues = [];
    private readonly List<CelIssue> _mixtures = [];
    private readonly CelTyping _typing = new();
    private ImmutableDictionary<string, CelType> _scope;
    private bool _mixedItems;

    private CelChecker(CelEnvironment environment) => (_environment, _scope) = (environment, environment.Variables);

    /// <summary>The type of the expression and of everything in it, and what is wrong with it, in order of place.</summary>
    public static (CelType Type, CelTyping Typing, ImmutableArray<CelIssue> Issues) Check(CelNode node, CelEnvironment environment)
    {
        var checker = new CelChecker(environment);
        var type = checker.TypeOf(node);
        // What is written out is looked at only once the types fit.
        var issues = checker._issues.Count > 0 ? checker._issues : [.. CelLiteralCheck.Of(node), .. checker._mixtures];
        return (type, checker._typing, [.. issues.OrderBy(static issue => issue.Position)]);
    }

    /// <summary>The type that a name stands for as a value; null where it is none.</summary>
    public static CelType? TypeNamed(string name) => TypeNames.GetValueOrDefault(name);

    private CelType TypeOf(CelNode node)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            var type = TypeOfShallow(node);
            _typing.Types[node] = type;
            return type;
        }

        Report(node.Position, "the expression is nested too deeply");
        return CelType.Dyn;
    }

    private CelType TypeOfShallow(CelNode node) => node switch
    {
        CelLiteral literal => CelRuntimeType.Of(literal.Value),
        CelIdentifier identifier => OfIdentifier(identifier),
        CelSelect select => OfSelect(select),
        CelHas has => OfHas(has),
        CelCall call => OfCall(call),
        CelListLiteral list => CelType.List(OfItems(list.Items.Select(item => (item.Value, Unwrapped(item.Value, item.Optional))))),
        CelMapLiteral map => OfMap(map),
        CelMessageLiteral message => OfMessage(message),
        CelMacro macro => new CelMacroTypes(TypeOf, InScope, Report).Of(macro),
        _ => CelType.Dyn,
    };

    private CelType OfIdentifier(CelIdentifier identifier)
    {
        if (_scope.TryGetValue(identifier.Name, out var type))
            return type;
        if (TypeNames.ContainsKey(identifier.Name) || identifier.Name is "type" or "dyn")
            return CelType.Type;
        Report(identifier.Position, $"undeclared reference to '{identifier.Name}' (in container '')");
        return CelType.Dyn;
    }

    private CelType OfSelect(CelSelect select)
    {
        if (select.QualifiedName is { } name && _scope.TryGetValue(name, out var variable))
            return variable;
        var operand = TypeOf(select.Operand);
        var through = operand.IsOptional ? operand.Parameters[0] : operand;
        var field = FieldOf(through, select.Field, select.Position);
        return (operand.IsOptional || select.Optional) && !field.IsOptional ? CelType.Optional(field) : field;
    }

    private CelType OfHas(CelHas has)
    {
        var operand = TypeOf(has.Selection.Operand);
        FieldOf(operand.IsOptional ? operand.Parameters[0] : operand, has.Selection.Field, has.Position);
        return CelType.Bool;
    }

    private CelType FieldOf(CelType operand, string name, int position)
    {
        switch (operand.Kind)
        {
            case CelTypeKind.Dyn:
                return CelType.Dyn;
            case CelTypeKind.Map:
                return operand.Parameters[1];
            case CelTypeKind.Object when operand.Shape!.Fields.TryGetValue(name, out var field):
                return field.Type;
            case CelTypeKind.Message when operand.Members is null:
                return CelType.Dyn;
            case CelTypeKind.Message when operand.Members!.TryGetValue(name, out var member):
                return member;
            case CelTypeKind.Object or CelTypeKind.Message:
                Report(position, $"undefined field '{name}'");
                return CelType.Dyn;
            default:
                Report(position, operand.IsClosedMessage ? $"unexpected failed resolution of '{operand}'" : $"type '{operand}' does not support field selection");
                return CelType.Dyn;
        }
    }

    private CelType OfCall(CelCall call)
    {
        if (Qualified(call) is { } qualified)
            return OfFunction(call, qualified, false, call.Arguments);
        return OfFunction(call, call.Function, call.Target is not null, call.Operands);
    }

    /// <summary>A call such as <c>sets.contains(a, b)</c>, whose target is no value but part of the name.</summary>
    private string? Qualified(CelCall call) => call.Target is CelIdentifier target && !_scope.ContainsKey(target.Name) && CelFunctionTable.IsKnown($"{target.Name}.{call.Function}", member: false)
        && !_environment.Hides($"{target.Name}.{call.Function}")
        ? $"{target.Name}.{call.Function}"
        : null;

    private CelType OfFunction(CelCall call, string name, bool member, ImmutableArray<CelNode> operands)
    {
        // What is formatted may be anything.
        var outer = _mixedItems;
        _mixedItems = name == "format";
        var types = operands.Select(TypeOf).ToImmutableArray();
        _mixedItems = outer;
        var overloads = CelFunctionTable.Overloads(name, member);
        if (overloads.IsEmpty && !CelFunctionTable.IsKnown(name))
        {
            Report(call.Position, $"undeclared reference to '{name}' (in container '')");
            return CelType.Dyn;
        }

        CelType? result = null;
        var fitting = ImmutableArray.CreateBuilder<CelFunction>();
        foreach (var overload in overloads)
        {
            var unification = new CelUnification();
            if (overload.Signature.Parameters.Length != types.Length || !overload.Signature.Parameters.Zip(types).All(pair => unification.Accepts(pair.First, pair.Second)))
                continue;
            fitting.Add(overload);
            var returned = unification.Resolve(overload.Signature.Result);
            // Several overloads fit a dynamic operand; their result is known only where they agree.
            result = result is null || result.Same(returned) ? returned : CelType.Dyn;
        }

        _typing.Calls[call] = new CelResolvedCall(operands, fitting.ToImmutable());

        if (result is not null)
            return result;
        var given = member ? $"{types[0]}.({string.Join(", ", types.Skip(1))})" : $"({string.Join(", ", types)})";
        Report(call.Position, $"found no matching overload for '{name}' applied to '{given}'");
        return CelType.Dyn;
    }

    private CelType OfMap(CelMapLiteral map)
    {
        var key = OfItems(map.Entries.Select(entry => (entry.Key, TypeOf(entry.Key))));
        return CelType.Map(key, OfItems(map.Entries.Select(entry => (entry.Value, Unwrapped(entry.Value, entry.Optional)))));
    }

    private CelType OfMessage(CelMessageLiteral message)
    {
        var type = _environment.MessageNamed(message.TypeName);
        if (type is null)
            Report(message.Position, $"undeclared reference to '{message.TypeName}' (in container '')");
        foreach (var field in message.Fields)
        {
            var given = Unwrapped(field.Value, field.Optional);
            if (type?.Members is not { } members)
                continue;
            if (!members.TryGetValue(field.Name, out var wanted))
                Report(field.Position, $"undefined field '{field.Name}'");
            else if (!new CelUnification().Accepts(wanted, given))
                Report(field.Position, $"expected type of field '{field.Name}' is '{wanted}' but provided type is '{given}'");
        }

        return type ?? CelType.Dyn;
    }

    private CelType Unwrapped(CelNode value, bool optional)
    {
        var type = TypeOf(value);
        return optional && type.IsOptional ? type.Parameters[0] : type;
    }

    /// <summary>What the items of a list, the keys or the values of a map have in common. All have to be of one type; the first that is not is reported.</summary>
    private CelType OfItems(IEnumerable<(CelNode Node, CelType Type)> items)
    {
        CelType? common = null;
        foreach (var (node, type) in items.ToList())
        {
            if (common is not null && !common.SameWhereDetermined(type))
            {
                if (!_mixedItems)
                    _mixtures.Add(new CelIssue(node.Position, $"expected type '{common}' but found '{type}'"));
                return CelType.Dyn;
            }

            common = common?.Determined(type) ?? type;
        }

        return common ?? CelType.Undetermined;
    }

    private CelType InScope(CelNode node, IEnumerable<(string Name, CelType Type)> variables)
    {
        var outer = _scope;
        _scope = _scope.SetItems(variables.Select(static variable => KeyValuePair.Create(variable.Name, variable.Type)));
        var type = TypeOf(node);
        _scope = outer;
        return type;
    }

    private void Report(int position, string message)
    {
        if (!_issues.Contains(new CelIssue(position, message)))
            _issues.Add(new CelIssue(position, message));
    }
}
