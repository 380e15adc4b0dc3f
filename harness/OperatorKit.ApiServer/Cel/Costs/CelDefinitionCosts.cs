using System.Globalization;
using OperatorKit.ApiServer.Cel.Rules;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>Holds the estimated costs of the rules of one definition against their limits: each for itself, and all together.</summary>
/// <param name="errors">Where what is too expensive is reported.</param>
/// <param name="isUnchanged">Whether the single rules are taken as they are.</param>
internal sealed class CelDefinitionCosts(List<FieldError> errors, bool isUnchanged)
{
    private const ulong PerRule = 10_000_000;
    private const ulong PerDefinition = 100_000_000;
    private const int MostNamed = 4;

    private readonly List<(string Path, ulong Cost)> _expensive = [];
    private ulong _total;

    /// <summary>How many times as often the children of a node can stand in an object as the node itself; null where nothing limits it.</summary>
    public static ulong? Factor(StructuralSchema schema) => schema.Type switch
    {
        SchemaType.Object when schema.AdditionalProperties is not null => Limit(schema.Validation.MaxProperties),
        SchemaType.Array => Limit(schema.Validation.MaxItems),
        _ => 1,
    };

    /// <summary>Looks at one rule.</summary>
    /// <param name="size">The sizes of the value that the rule is for.</param>
    /// <param name="occurrences">How often such a value can stand in an object.</param>
    public void Observe(CelRule rule, CelSchemaSize size, ulong occurrences, string path)
    {
        Observe(CelEstimate.Multiply(rule.ConditionCost(size), occurrences), "estimated rule cost", $"{path}.rule");
        if (rule.Message is not null)
            Observe(rule.MessageCost(size), "estimated messageExpression cost", $"{path}.messageExpression");
    }

    /// <summary>Looks at all rules together, once all have been looked at.</summary>
    public void Total(string path)
    {
        if (_total <= PerDefinition)
            return;
        foreach (var (place, _) in _expensive.OrderByDescending(static rule => rule.Cost).Take(MostNamed))
            errors.Add(FieldError.Forbidden(place, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        errors.Add(FieldError.Forbidden(path, Exceeded("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", _total, PerDefinition)));
    }

    private void Observe(ulong cost, string what, string path)
    {
        if (!isUnchanged && cost > PerRule)
            errors.Add(FieldError.Forbidden(path, Exceeded(what, cost, PerRule)));
        _total = CelEstimate.Add(_total, cost);
        if (cost >= PerDefinition / 100)
            _expensive.Add((path, cost));
    }

    private static string Exceeded(string what, ulong cost, ulong limit)
    {
        var factor = (double)cost / limit;
        var shown = factor switch
        {
            > 100 => "more than 100x",
            < 1.5 => string.Create(CultureInfo.InvariantCulture, $"{factor:F6}x"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{factor:F1}x"),
        };
        return $"{what} exceeds budget by factor of {shown} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    private static ulong? Limit(long? limit) => limit is { } given ? (ulong)Math.Max(0, given) : null;
}
