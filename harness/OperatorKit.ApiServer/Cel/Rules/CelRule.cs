using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel.Costs;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Rules;

/// <summary>A compiled rule of <c>x-kubernetes-validations</c>.</summary>
internal sealed class CelRule
{
    private readonly CelEnvironment _environment;

    private CelRule(ValidationRule definition, CelEnvironment environment, CelExpression? condition, CelExpression? message)
    {
        Definition = definition;
        _environment = environment;
        Condition = condition;
        Message = message;
        UsesOldSelf = condition is not null && condition.Mentions("oldSelf");
    }

    public ValidationRule Definition { get; }

    /// <summary>Null for a rule without text.</summary>
    public CelExpression? Condition { get; }

    public CelExpression? Message { get; }

    public bool UsesOldSelf { get; }

    public bool OldSelfIsOptional => Definition.OptionalOldSelf == true;

    /// <summary>What is wrong with the condition; null where nothing is.</summary>
    public string? ConditionError => Condition switch
    {
        null => null,
        { Error: { } error } => $"compilation failed: {error}",
        { Type.Kind: not (CelTypeKind.Bool or CelTypeKind.Dyn) } => "cel expression must evaluate to a bool",
        _ => null,
    };

    /// <summary>What is wrong with the expression of the message; null where nothing is.</summary>
    public string? MessageError => Message switch
    {
        null => null,
        { Error: { } error } => $"messageExpression compilation failed: {error}",
        { Type.Kind: not (CelTypeKind.String or CelTypeKind.Dyn) } => "messageExpression must evaluate to a string",
        _ => null,
    };

    /// <summary>How the rule is named where it cannot be evaluated.</summary>
    public string Name => Definition.Message is { Length: > 0 } message ? message.Trim() : Definition.Rule.Trim();

    /// <summary>What is said when the rule fails and no expression says it.</summary>
    public string FixedMessage => Definition.Message is { Length: > 0 } message ? message.Trim() : $"failed rule: {Definition.Rule.Trim()}";

    /// <summary>The most that the condition can cost for one value; nothing where there is no condition to evaluate.</summary>
    public ulong ConditionCost(CelSchemaSize size) => ConditionError is null ? CostOf(Condition, size) : 0;

    /// <summary>The most that the message can cost for one value.</summary>
    public ulong MessageCost(CelSchemaSize size) => ConditionError is null && MessageError is null ? CostOf(Message, size) : 0;

    /// <summary>The rules of a schema node.</summary>
    public static ImmutableArray<CelRule> Of(StructuralSchema schema, bool isResource)
    {
        if (schema.Rules.IsEmpty)
            return [];
        var self = CelSchemaType.Of(schema, isResource) ?? CelType.Dyn;
        return [.. schema.Rules.Select(rule => Compile(rule, self))];
    }

    private static CelRule Compile(ValidationRule rule, CelType self)
    {
        var oldSelf = rule.OptionalOldSelf == true ? CelType.Optional(self) : self;
        var environment = new CelEnvironment(ImmutableDictionary<string, CelType>.Empty.Add("self", self).Add("oldSelf", oldSelf));
        var condition = string.IsNullOrWhiteSpace(rule.Rule) ? null : CelCompiler.Compile(rule.Rule, environment);
        var message = string.IsNullOrWhiteSpace(rule.MessageExpression) ? null : CelCompiler.Compile(rule.MessageExpression, environment);
        return new CelRule(rule, environment, condition, message);
    }

    private ulong CostOf(CelExpression? expression, CelSchemaSize size) =>
        expression is null ? 0 : CelCostEstimator.Estimate(expression.Root, CelChecker.Check(expression.Root, _environment).Typing, size).Max;
}
