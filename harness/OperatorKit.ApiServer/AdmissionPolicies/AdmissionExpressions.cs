using System.Collections.Concurrent;
using System.Collections.Immutable;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>
/// CEL as admission knows it: expressions over <c>object</c>, <c>oldObject</c>, <c>request</c>, <c>namespaceObject</c>, <c>params</c> and
/// <c>variables</c>, none of them typed.
/// </summary>
internal static class AdmissionExpressions
{
    private static readonly ImmutableDictionary<string, CelType> Names =
        new[] { "object", "oldObject", "request", "namespaceObject", "params", "variables" }.ToImmutableDictionary(static name => name, static _ => CelType.Dyn);

    private static readonly ConcurrentDictionary<string, CelExpression> Compiled = new(StringComparer.Ordinal);

    /// <summary>What is wrong with an expression, or null.</summary>
    public static string? Problem(string expression) => Compile(expression).Error is { } error ? $"compilation failed: {error}" : null;

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

    /// <summary>The scope with the named expressions of a policy as <c>variables</c>, each of which may use those before it.</summary>
    public static CelScope WithVariables(CelScope scope, IEnumerable<JsonObject> variables)
    {
        var values = new Dictionary<object, object>();
        scope = new CelScope("variables", new CelMap(values), scope);
        foreach (var variable in variables)
            values[variable.StringAt("name") ?? ""] = Evaluate(variable.StringAt("expression") ?? "", scope);
        return scope;
    }

    /// <summary>The value, or a <see cref="CelError"/>.</summary>
    public static object Evaluate(string expression, CelScope scope)
    {
        var compiled = Compile(expression);
        if (compiled.Error is { } error)
            return new CelError(error);
        try
        {
            return new CelEvaluator(new CelBudget(CelBudget.PerRule)).Evaluate(compiled.Root, scope);
        }
        catch (CelBudgetException e)
        {
            return new CelError(e.Message);
        }
    }

    /// <summary>
    /// Whether all <c>matchConditions</c> hold; the error of the first that cannot be told, unless another one is false.
    /// </summary>
    public static (bool Holds, string? Error) Conditions(JsonArray? conditions, CelScope scope)
    {
        string? error = null;
        foreach (var condition in (conditions ?? JsonArray.Empty).Items.OfType<JsonObject>())
        {
            switch (Evaluate(condition.StringAt("expression") ?? "", scope))
            {
                case false:
                    return (false, null);
                case CelError failure:
                    error ??= failure.Message;
                    break;
            }
        }

        return (error is null, error);
    }

    private static object Value(JsonObject? json) => json is null ? CelNull.Instance : CelJson.Untyped(json);

    private static CelExpression Compile(string expression) => Compiled.GetOrAdd(expression, static text => CelCompiler.Compile(text, Names));
}
