using System.Collections.Generic;
using System.Linq;

namespace OperatorKit.Generators.Cel;

/// <summary>What a part of an expression gives, and what it costs at most to compute.</summary>
internal sealed record CelValue(CelType Type, double Cost);

/// <summary>A name of an expression that means nothing.</summary>
/// <param name="Name">The name.</param>
/// <param name="Of">What it should be a member of.</param>
internal sealed record CelProblem(string Name, string Of);

/// <summary>Walks an expression through a schema: which members it names, and what it may cost.</summary>
internal sealed class CelCheck
{
    private static readonly HashSet<string> Known =
    [
        "cel", "sets", "math", "lists", "strings", "optional", "base64", "format", "jsonpatch", "authorizer", "google",
        "int", "uint", "double", "bool", "string", "bytes", "list", "map", "type", "null_type", "timestamp", "duration", "dyn",
    ];

    private readonly Dictionary<string, CelType> _variables = [];
    private readonly List<CelProblem> _problems = [];

    private CelCheck(CelType self) => _variables["self"] = _variables["oldSelf"] = self;

    /// <summary>Checks an expression on a value.</summary>
    public static (double Cost, IReadOnlyList<CelProblem> Problems) Run(CelNode expression, CelType self)
    {
        var check = new CelCheck(self);
        return (check.Visit(expression).Cost, check._problems);
    }

    private CelValue Visit(CelNode node) => node switch
    {
        CelLiteral { Kind: CelKind.Text, Size: var size } => new CelValue(CelType.Text(size), 0),
        CelLiteral { Kind: CelKind.Bytes, Size: var size } => new CelValue(CelType.Bytes(size), 0),
        CelLiteral { Kind: CelKind.Number } => new CelValue(CelType.Number, 0),
        CelLiteral => new CelValue(CelType.Scalar, 0),
        CelIdentifier name => Variable(name.Name),
        CelSelect select => Select(select),
        CelCall call => Call(call),
        CelList list => List(list),
        CelMap map => new CelValue(CelType.Unknown, 30 + map.KeysAndValues.Sum(i => Visit(i).Cost)),
        _ => new CelValue(CelType.Unknown, 0),
    };

    private CelValue Variable(string name)
    {
        if (_variables.TryGetValue(name, out var type))
            return new CelValue(type, 1);
        if (!Known.Contains(name))
            _problems.Add(new CelProblem(name, "self and no variable"));
        return new CelValue(CelType.Unknown, 1);
    }

    private CelValue Select(CelSelect select)
    {
        var operand = Visit(select.Operand);
        var cost = operand.Cost + 1;
        switch (operand.Type.Kind)
        {
            case CelKind.Object:
                var name = Unescape(select.Field);
                if (operand.Type.Member(name) is { } member)
                    return new CelValue(member, cost);
                _problems.Add(new CelProblem(name, Describe(select.Operand)));
                break;
            case CelKind.Map:
                return new CelValue(operand.Type.Item!, cost);
            case CelKind.Text or CelKind.Number or CelKind.Scalar or CelKind.List or CelKind.Bytes:
                _problems.Add(new CelProblem(Unescape(select.Field), $"{Describe(select.Operand)}, which has no members"));
                break;
        }

        return new CelValue(CelType.Unknown, cost);
    }

    private CelValue List(CelList list)
    {
        var items = list.Items.Select(Visit).ToList();
        var largest = items.OrderByDescending(static i => i.Type.MaxSize).FirstOrDefault();
        return new CelValue(CelType.List(largest?.Type ?? CelType.Unknown, items.Count), 10 + items.Sum(static i => i.Cost));
    }

    private CelValue Call(CelCall call)
    {
        switch (call)
        {
            // A question for a member costs nothing beyond what it is a member of.
            case { Function: "has", Target: null, Arguments: [CelSelect select] }:
                return new CelValue(CelType.Scalar, Select(select).Cost - 1);
            case { Function: "bind", Target: CelIdentifier { Name: "cel" }, Arguments: [CelIdentifier variable, var value, var body] }:
                var bound = Visit(value);
                var result = With(variable.Name, bound.Type, body);
                return result with { Cost = 10 + bound.Cost + result.Cost };
            case { Function: "optMap" or "optFlatMap", Target: { } optional, Arguments: [CelIdentifier variable, var body] }:
                var present = Visit(optional);
                var mapped = With(variable.Name, present.Type, body);
                return mapped with { Cost = present.Cost + mapped.Cost + 2 };
            case { Target: { } range, Arguments: [CelIdentifier variable, var body] } when LoopCost(call.Function) is { } each:
                return Loop(call.Function, Visit(range), variable.Name, body, each);
            case { Target: { } range, Arguments: [CelIdentifier variable, var filter, var body], Function: "map" }:
                return Loop("map", Visit(range), variable.Name, new CelCall("_&&_", null, [filter, body]), LoopCost("map")!.Value);
            // Two variables: index and item of a list, key and value of a map.
            case { Target: { } range, Arguments: [CelIdentifier key, CelIdentifier value, ..] }:
                return LoopOverPairs(call, Visit(range), key.Name, value.Name);
        }

        var target = call.Target is null or CelIdentifier { Name: "sets" or "math" or "lists" or "optional" or "base64" or "format" or "cel" or "jsonpatch" } ? null : Visit(call.Target);
        var function = call.Target is CelIdentifier { Name: "optional" } ? "optional." + call.Function : call.Function;
        var arguments = call.Arguments.Select(Visit).ToList();
        var cost = (target?.Cost ?? 0) + arguments.Sum(static a => a.Cost) + CelFunctions.Cost(function, target, arguments);
        return new CelValue(CelFunctions.Result(function, target, arguments), cost);
    }

    /// <summary>What a round of a loop costs beside its body, by how cel-go writes the macro out.</summary>
    private static double? LoopCost(string macro) => macro switch
    {
        "all" => 3,
        "exists" => 4,
        "exists_one" or "existsOne" => 2,
        "filter" => 13,
        "map" => 12,
        "sortBy" => 12,
        _ => null,
    };

    private CelValue Loop(string macro, CelValue range, string variable, CelNode body, double each)
    {
        // A map is gone through by its keys.
        var item = range.Type.Kind == CelKind.Map ? CelType.Text() : range.Type.Item ?? CelType.Unknown;
        var round = With(variable, item, body);
        var type = macro switch
        {
            "map" => CelType.List(round.Type, range.Type.MaxSize),
            "filter" or "sortBy" => CelType.List(item, range.Type.MaxSize),
            _ => CelType.Scalar,
        };
        return new CelValue(type, range.Cost + (range.Type.MaxSize * (each + round.Cost)) + 1);
    }

    private CelValue LoopOverPairs(CelCall call, CelValue range, string key, string value)
    {
        var rounds = call.Arguments.Skip(2).Sum(b => With(key, range.Type.Kind == CelKind.Map ? CelType.Text() : CelType.Number, value, range.Type.Item ?? CelType.Unknown, b).Cost);
        return new CelValue(CelType.Unknown, range.Cost + (range.Type.MaxSize * (13 + rounds)) + 1);
    }

    private CelValue With(string name, CelType type, CelNode body)
    {
        var before = _variables.TryGetValue(name, out var hidden) ? hidden : null;
        _variables[name] = type;
        var result = Visit(body);
        if (before is null)
            _variables.Remove(name);
        else
            _variables[name] = before;
        return result;
    }

    private CelValue With(string name, CelType type, string other, CelType otherType, CelNode body)
    {
        CelValue? result = null;
        _variables[name] = type;
        result = With(other, otherType, body);
        _variables.Remove(name);
        return result;
    }

    private static string Describe(CelNode node) => node switch
    {
        CelIdentifier name => name.Name,
        CelSelect select => $"{Describe(select.Operand)}.{select.Field}",
        _ => "what it is asked of",
    };

    /// <summary>CEL spells characters and words that it cannot have in names with underscores.</summary>
    private static string Unescape(string name)
    {
        name = name.Replace("__dash__", "-").Replace("__dot__", ".").Replace("__slash__", "/");
        return name.Length > 4 && name.StartsWith("__") && name.EndsWith("__") ? name.Substring(2, name.Length - 4) : name.Replace("__underscores__", "__");
    }
}
