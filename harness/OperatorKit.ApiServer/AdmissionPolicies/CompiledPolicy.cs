using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>A policy with its expressions compiled; kept with the policy.</summary>
internal sealed class CompiledPolicy
{
    private static readonly ConditionalWeakTable<JsonObject, CompiledPolicy> Known = [];

    private readonly PolicyCompiler _compiler;
    private readonly ImmutableArray<CelExpression> _conditions;
    private readonly FrozenDictionary<string, CelExpression> _variables;
    private readonly ConcurrentDictionary<(string Text, PolicyExpressionUse Use), CelExpression> _expressions = [];

    private CompiledPolicy(JsonObject policy)
    {
        var spec = policy.ObjectAt("spec") ?? JsonObject.Empty;
        _compiler = new PolicyCompiler(hasParameters: spec["paramKind"] is JsonObject, hasVariables: true);
        _conditions = [.. spec.Objects("matchConditions").Select(condition => _compiler.Condition(condition.StringAt("expression") ?? ""))];
        var variables = new Dictionary<string, CelExpression>(StringComparer.Ordinal);
        foreach (var variable in spec.Objects("variables"))
            variables[variable.StringAt("name") ?? ""] = _compiler.Variable(variable.StringAt("name") ?? "", variable.StringAt("expression") ?? "");
        _variables = variables.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static CompiledPolicy Of(JsonObject policy) => Known.GetValue(policy, static key => new CompiledPolicy(key));

    /// <summary>Whether all match conditions hold; the error of the first that cannot be told, unless another one is false.</summary>
    public (bool Holds, string? Error) Matches(CelScope scope) => AdmissionExpressions.Conditions(_conditions, scope);

    /// <summary>Begins an evaluation in which the variables of the policy are known.</summary>
    /// <param name="budget">What it may cost in all.</param>
    public AdmissionEvaluation Begin(CelScope scope, long budget) => new(scope, budget, _variables);

    /// <summary>An expression of the policy.</summary>
    public CelExpression Expression(string text, PolicyExpressionUse use = PolicyExpressionUse.Decision) => _expressions.GetOrAdd((text, use), key => _compiler.Compile(key.Text, key.Use));
}
