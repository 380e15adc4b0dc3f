using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>
/// Holds writes against ValidatingAdmissionPolicies, each as often as it is bound.
/// See https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/.
/// </summary>
internal sealed class ValidatingPolicies(ApiOperations operations, RbacAuthorizer authorizer) : IAdmission
{
    private const int MostMessage = 5 * 1024;

    private readonly BoundPolicies _policies = new(operations, authorizer, "validatingadmissionpolicies", "validatingadmissionpolicybindings");

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var (invocations, failures) = await _policies.ForAsync(request, cancellationToken).ConfigureAwait(false);
        failures.RemoveAll(static failure => failure.IsIgnored);
        foreach (var invocation in invocations)
        {
            var seen = await operations.SeenAsAsync(request, invocation.Target, cancellationToken).ConfigureAwait(false);
            failures.AddRange(Evaluate(invocation, seen).Where(failure => !failure.IsIgnored && IsDenied(failure, request)));
        }

        if (failures.Count > 0)
            throw Denied(failures[0], request);
    }

    private List<PolicyFailure> Evaluate(PolicyInvocation invocation, AdmissionRequest request)
    {
        var compiled = CompiledPolicy.Of(invocation.Policy);
        var (scope, plain) = _policies.Scopes(invocation, request);
        var (holds, error) = compiled.Matches(scope);
        if (!holds)
            return error is null ? [] : [invocation.Failed(error)];
        try
        {
            return [.. Validations(invocation, compiled, scope, plain), .. Annotations(invocation, compiled, plain)];
        }
        catch (CelBudgetException exceeded)
        {
            return [invocation.Failed(exceeded.Message)];
        }
    }

    private static IEnumerable<PolicyFailure> Validations(PolicyInvocation invocation, CompiledPolicy policy, CelScope scope, CelScope plain)
    {
        var validations = (invocation.Policy.ObjectAt("spec") ?? JsonObject.Empty).Objects("validations").ToList();
        var expressions = validations.ConvertAll(validation => policy.Expression(validation.StringAt("expression") ?? ""));
        var evaluation = policy.Begin(scope, CelBudget.PerObject);
        var results = expressions.ConvertAll(evaluation.Evaluate);
        var (messages, exceeded) = Messages(validations, policy, policy.Begin(plain, evaluation.Left));
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] is CelError error)
                yield return invocation.Failed(AdmissionExpressions.Failed(expressions[i], error));
            else if (exceeded is not null)
                yield return invocation.Failed($"failed messageExpression: {exceeded}");
            else if (results[i] is not true)
                yield return invocation.Denied(MessageOf(validations[i], messages[i]), validations[i].StringAt("reason"));
        }
    }

    /// <summary>The messages of all validations, made before it is known which are needed; or why they cost too much.</summary>
    private static (List<object?> Messages, string? Exceeded) Messages(List<JsonObject> validations, CompiledPolicy policy, AdmissionEvaluation evaluation)
    {
        try
        {
            return (validations.ConvertAll(validation => validation.StringAt("messageExpression") is { Length: > 0 } text ? evaluation.Evaluate(policy.Expression(text, PolicyExpressionUse.Message)) : null), null);
        }
        catch (CelBudgetException exceeded)
        {
            return ([], exceeded.Message);
        }
    }

    /// <summary>Nobody reads the annotations, since there is no audit; but a write whose annotation cannot be made is refused.</summary>
    private static IEnumerable<PolicyFailure> Annotations(PolicyInvocation invocation, CompiledPolicy policy, CelScope plain)
    {
        var evaluation = policy.Begin(plain, CelBudget.PerObject);
        foreach (var annotation in (invocation.Policy.ObjectAt("spec") ?? JsonObject.Empty).Objects("auditAnnotations"))
        {
            var expression = policy.Expression((annotation.StringAt("valueExpression") ?? "").Trim());
            if (evaluation.Evaluate(expression) is CelError error)
                yield return invocation.Failed(AdmissionExpressions.Failed(expression, error)) with { IsUnconditional = true };
        }
    }

    private static string MessageOf(JsonObject validation, object? made)
    {
        if ((made as string)?.Trim() is { Length: > 0 and <= MostMessage } text && !text.Contains('\n', StringComparison.Ordinal))
            return text;
        return validation.StringAt("message") is { Length: > 0 } message ? message.Trim() : $"failed expression: {(validation.StringAt("expression") ?? "").Trim()}";
    }

    /// <summary>Does with a failure what its binding says: warns, denies, or both.</summary>
    private static bool IsDenied(PolicyFailure failure, AdmissionRequest request)
    {
        var actions = failure.IsUnconditional ? [] : failure.Binding!.ObjectAt("spec")!.Strings("validationActions").ToList();
        if (actions.Contains("Warn"))
            request.Request.Warn($"Validation failed for ValidatingAdmissionPolicy '{failure.Policy.Name}' with binding '{failure.Binding!.Name}': {failure.Message}");
        return failure.IsUnconditional || actions.Contains("Deny");
    }

    private static StatusException Denied(PolicyFailure failure, AdmissionRequest request)
    {
        var binding = failure.Binding is { } bound ? $" with binding '{bound.Name}'" : "";
        var text = $"ValidatingAdmissionPolicy '{failure.Policy.Name}'{binding} denied request: {failure.Message}";
        var reason = failure.Reason ?? "Invalid";
        var code = reason switch
        {
            "Forbidden" => 403,
            "Unauthorized" => 401,
            "RequestEntityTooLarge" => 413,
            _ => 422,
        };
        var forbidden = request.Forbidden(text, text);
        return new StatusException(code, reason, forbidden.Message, forbidden.Details);
    }
}
