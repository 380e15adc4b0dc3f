using System.Collections.Concurrent;
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
    private readonly ImmutableArray<(string Name, CelExpression Expression)> _variables;
    private readonly ConcurrentDictionary<(string Text, bool MakesPatch), CelExpression> _expressions = [];

    private CompiledPolicy(JsonObject policy)
    {
        var spec = policy.ObjectAt("spec") ?? JsonObject.Empty;
        _compiler = new PolicyCompiler(hasParameters: spec["paramKind"] is JsonObject, hasVariables: true);
        _conditions = [.. spec.Objects("matchConditions").Select(condition => _compiler.Condition(condition.StringAt("expression") ?? ""))];
        _variables = [.. spec.Objects("variables").Select(variable => (variable.StringAt("name") ?? "", _compiler.Variable(variable.StringAt("name") ?? "", variable.StringAt("expression") ?? "")))];
    }

    public static CompiledPolicy Of(JsonObject policy) => Known.GetValue(policy, static key => new CompiledPolicy(key));

    /// <summary>Whether all match conditions hold; the error of the first that cannot be told, unless another one is false.</summary>
    public (bool Holds, string? Error) Matches(CelScope scope) => AdmissionExpressions.Conditions(_conditions, scope);

    /// <summary>The scope with the variables of the policy.</summary>
    public CelScope WithVariables(CelScope scope) => AdmissionExpressions.WithVariables(scope, _variables);

    /// <summary>An expression of the policy.</summary>
    public CelExpression Expression(string text, bool makesPatch = false) => _expressions.GetOrAdd((text, makesPatch), key => _compiler.Compile(key.Text, key.MakesPatch));
}
