using System.Collections.Concurrent;
using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Cel;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Functions;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>CEL as admission knows it: expressions over <c>object</c>, <c>oldObject</c>, <c>request</c> and what else belongs to one write.</summary>
internal static class AdmissionExpressions
{
    /// <summary>What the match conditions of a policy or webhook may cost together.</summary>
    private const long ConditionsBudget = CelBudget.PerObject / 4;

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

    /// <summary>The scope with <c>authorizer</c>, which tells what the user of the request may do.</summary>
    public static CelScope WithAuthorizer(CelScope scope, AdmissionRequest request, RbacAuthorizer rules)
    {
        var (user, target) = (request.Request.User, request.Addressed ?? request.Target);
        var authorizer = new CelAuthorizationCheck(CelAuthorizationCheck.Authorizer, rules, new RequestAttributes(user, ""));
        var own = new RequestAttributes(user, "")
        {
            Group = target.Type.Group,
            Resource = target.Type.Plural,
            Subresource = target.Subresource ?? "",
            // A namespace lies in itself.
            Namespace = target.Namespace ?? (target.Type.Resource == WellKnown.Namespaces ? target.Name ?? "" : ""),
            Name = target.Name ?? "",
        };
        scope = new CelScope("authorizer", authorizer, scope);
        return new CelScope("authorizer.requestResource", authorizer with { TypeName = CelAuthorizationCheck.Resource, Request = own }, scope);
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
        var (evaluation, errors, holds) = (new AdmissionEvaluation(scope, ConditionsBudget), new List<string>(), true);
        try
        {
            foreach (var condition in conditions)
            {
                switch (evaluation.Evaluate(condition))
                {
                    case false:
                        holds = false;
                        break;
                    case CelError failure:
                        errors.Add(Failed(condition, failure));
                        break;
                }
            }
        }
        catch (CelBudgetException exceeded)
        {
            return (false, exceeded.Message);
        }

        return errors switch
        {
            _ when !holds => (false, null),
            [] => (true, null),
            [var only] => (false, only),
            _ => (false, $"[{string.Join(", ", errors.Distinct(StringComparer.Ordinal))}]"),
        };
    }

    /// <summary>How an evaluation that failed is put.</summary>
    public static string Failed(CelExpression expression, CelError error) => $"expression '{expression.Source}' resulted in error: {error.Message}";

    private static object Value(JsonObject? json) => json is null ? CelNull.Instance : CelJson.Untyped(json);
}
