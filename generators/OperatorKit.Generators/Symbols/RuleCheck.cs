using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Cel;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Reads the CEL rules of a record as the API server will when the definition is applied: whether they can be parsed, which
/// members they name, and what they may cost by the estimate for which the server refuses definitions.
/// </summary>
internal sealed class RuleCheck
{
    /// <summary>What one rule may cost, over all the places where it applies in one object.</summary>
    private const double RuleLimit = 10_000_000;

    /// <summary>What the rules of a version may cost together.</summary>
    private const double VersionLimit = 100_000_000;

    private readonly ResourceModel _model;
    private readonly TypeReader _types;
    private readonly OpenApiSchema _schema;
    private readonly HashSet<(Location?, string)> _told = [];
    private readonly List<string> _path = [];
    private double _total;

    private RuleCheck(ResourceModel model, TypeReader types)
    {
        _model = model;
        _types = types;
        _schema = new OpenApiSchema(model);
    }

    public static void Run(ResourceModel model, TypeReader types, Location? recordLocation)
    {
        if (!HasRules(model))
            return;
        var check = new RuleCheck(model, types);
        if (model.Rules.Count > 0)
            check.Check(model.Rules, CelType.Of((Mapping)check._schema.Root(), isRoot: true), 1, recordLocation);
        check.Visit(TypeRef.Record(model.Spec, ""), Constraints.None, Constraints.None, 1, recordLocation);
        if (model.Status is { } status)
            check.Visit(TypeRef.Record(status, ""), Constraints.None, Constraints.None, 1, recordLocation);
        if (check._total > VersionLimit && check._told.Count == 0)
            types.Report(CelCostRule.Descriptor, recordLocation, $"all rules of {model.Kind}", Show(check._total), Show(VersionLimit));
    }

    private static bool HasRules(ResourceModel model)
        => model.Rules.Count > 0 || model.Types.Any(static t => t.Rules.Count > 0 || t.Members.Any(static m => m.Constraints.Rules.Count > 0));

    /// <summary>Goes through a value and all that is in it.</summary>
    /// <param name="count">How often the value may be there in one object; null where nothing bounds that.</param>
    private void Visit(TypeRef type, Constraints constraints, Constraints items, double? count, Location? location)
    {
        var self = new Lazy<CelType>(() => CelType.Of(_schema.Of(type, constraints, items)));
        if (constraints.Rules.Count > 0)
            Check(constraints.Rules, self.Value, count, location);
        switch (type.Shape)
        {
            case Shape.List or Shape.Set or Shape.Dictionary:
                Visit(type.Item!, items, Constraints.None, count * constraints.MaxLength, location);
                break;
            case Shape.Record when _model.Types.FirstOrDefault(t => t.CSharp == type.Name) is { } schema && !_path.Contains(type.Name):
                if (schema.Rules.Count > 0)
                    Check(schema.Rules, self.Value, count, Place(schema.CSharp, "", location));
                _path.Add(type.Name);
                foreach (var member in schema.IsJsonModel ? [] : schema.Members)
                    Visit(member.Type, member.Constraints, member.ItemConstraints, count, Place(schema.CSharp, member.Name, location));
                _path.RemoveAt(_path.Count - 1);
                break;
        }
    }

    private Location? Place(string type, string member, Location? fallback) => _types.Locations.TryGetValue((type, member), out var place) ? place : fallback;

    private void Check(IEnumerable<Rule> rules, CelType self, double? count, Location? location)
    {
        foreach (var rule in rules)
        {
            Check(rule.Expression, self, count, location);
            if (rule.MessageExpression is { } message)
                Check(message, self, count, location);
        }
    }

    private void Check(string expression, CelType self, double? count, Location? location)
    {
        CelNode parsed;
        try
        {
            parsed = CelParser.Parse(expression);
        }
        catch (FormatException problem)
        {
            if (_told.Add((location, expression)))
                _types.Report(CelSyntaxRule.Descriptor, location, expression, problem.Message);
            return;
        }

        var (once, problems) = CelCheck.Run(parsed, self);
        var cost = once * (count ?? self.MaxCount);
        _total += cost;
        foreach (var problem in problems)
        {
            if (_told.Add((location, expression + problem.Name)))
                _types.Report(CelNameRule.Descriptor, location, expression, problem.Name, problem.Of);
        }

        if (cost > RuleLimit && _told.Add((location, expression)))
            _types.Report(CelCostRule.Descriptor, location, $"the rule '{expression}'", Show(cost), Show(RuleLimit));
    }

    private static string Show(double cost) => double.IsInfinity(cost) || cost > 1e15 ? "any amount" : cost.ToString("#,0", CultureInfo.InvariantCulture);
}
