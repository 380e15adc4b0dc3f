using System.Collections.Concurrent;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Evaluates CEL as admission knows it: expressions over <c>object</c>, <c>oldObject</c>, <c>request</c> and what else belongs to one write.</summary>
internal static class AdmissionExpressions
{
    private static readonly ConcurrentDictionary<string, CelExpression> WebhookConditions = new(StringComparer.Ordinal);

    /// <summary>The variables of one request.</summary>
    public static CelScope Scope(AdmissionRequest request, JsonObject? namespaceObject, JsonObject? parameters)
    {
        var asked = AdmissionReview.Ask(request, "").ObjectAt("request")!.Without("uid").Without("object").Without("oldObject");
        var scope = new CelScope("object", Value(request.Object), null);
        scope = new CelScope("oldObject", Value(request.OldObject), scope);
        scope = new CelScope("request", CelJson.Untyped(asked), scope);
        scope = new CelScope("namespaceObject", Value(namespaceObject), scope);
        return new CelScope("params", Value(parameters), scope);
    }

    /// <summary>The scope with named expressions as <c>variables</c>, each of which may use those before it.</summary>
    public static CelScope WithVariables(CelScope scope, IEnumerable<(string Name, CelExpression Expression)> variables)
    {
        var values = new Dictionary<object, object>();
        scope = new CelScope("variables", new CelMap(values), scope);
        foreach (var (name, expression) in variables)
        {
            var value = Evaluate(expression, scope);
            values[name] = value is CelError error ? new CelError($"composited variable \"{name}\" fails to evaluate: {error.Message}") : value;
        }

        return scope;
    }

    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    public static object Evaluate(CelExpression expression, CelScope scope)
    {
        if (expression.Error is { } error)
            return new CelError(error);
        try
        {
            return new CelEvaluator(new CelBudget(CelBudget.PerRule)).Evaluate(expression.Root, scope);
        }
        catch (CelBudgetException e)
        {
            return new CelError(e.Message);
        }
    }

    /// <summary>Whether all conditions of a webhook hold.</summary>
    public static (bool Holds, string? Error) Conditions(JsonObject webhook, CelScope scope)
    {
        var compiler = new PolicyCompiler(hasParameters: false, hasVariables: false);
        return Conditions(webhook.Objects("matchConditions").Select(condition => WebhookConditions.GetOrAdd(condition.StringAt("expression") ?? "", compiler.Condition)), scope);
    }

    /// <summary>Whether all conditions hold; the errors of those that cannot be told, unless another one is false.</summary>
    public static (bool Holds, string? Error) Conditions(IEnumerable<CelExpression> conditions, CelScope scope)
    {
        var errors = new List<string>();
        foreach (var condition in conditions)
        {
            switch (Evaluate(condition, scope))
            {
                case false:
                    return (false, null);
                case CelError failure:
                    errors.Add(Failed(condition, failure));
                    break;
            }
        }

        return errors switch
        {
            [] => (true, null),
            [var only] => (false, only),
            _ => (false, $"[{string.Join(", ", errors.Distinct(StringComparer.Ordinal))}]"),
        };
    }

    /// <summary>How an evaluation that failed is put.</summary>
    public static string Failed(CelExpression expression, CelError error) => $"expression '{expression.Source}' resulted in error: {error.Message}";

    private static object Value(JsonObject? json) => json is null ? CelNull.Instance : CelJson.Untyped(json);
}
