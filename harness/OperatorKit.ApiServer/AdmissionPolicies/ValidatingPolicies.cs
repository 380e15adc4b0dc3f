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
internal sealed class ValidatingPolicies(ApiOperations operations) : IAdmission
{
    private const int MostMessage = 5 * 1024;

    private readonly BoundPolicies _policies = new(operations, "validatingadmissionpolicies", "validatingadmissionpolicybindings");

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var (invocations, failures) = await _policies.ForAsync(request, cancellationToken).ConfigureAwait(false);
        failures.RemoveAll(static failure => failure.IsIgnored);
        foreach (var invocation in invocations)
        {
            var seen = await operations.InVersionAsync(request, invocation.Version, cancellationToken).ConfigureAwait(false);
            failures.AddRange(Evaluate(invocation, seen).Where(failure => IsDenied(failure, request)));
        }

        if (failures.Count > 0)
            throw Denied(failures[0], request);
    }

    private IEnumerable<PolicyFailure> Evaluate(PolicyInvocation invocation, AdmissionRequest request)
    {
        var (policy, binding) = (invocation.Policy, invocation.Binding);
        var (compiled, mayFail) = (CompiledPolicy.Of(policy), policy.StringAt("spec", "failurePolicy") == "Ignore");
        var scope = _policies.Scope(invocation, request);
        var (holds, error) = compiled.Matches(scope);
        if (error is not null && !mayFail)
            yield return new PolicyFailure(policy, binding, error);
        if (!holds)
            yield break;
        scope = compiled.WithVariables(scope);
        foreach (var validation in (policy.ObjectAt("spec") ?? JsonObject.Empty).Objects("validations"))
        {
            var expression = compiled.Expression(validation.StringAt("expression") ?? "");
            switch (AdmissionExpressions.Evaluate(expression, scope))
            {
                case true:
                    break;
                case CelError failure:
                    if (!mayFail)
                        yield return new PolicyFailure(policy, binding, AdmissionExpressions.Failed(expression, failure));
                    break;
                default:
                    yield return new PolicyFailure(policy, binding, MessageOf(validation, compiled, scope), validation.StringAt("reason"));
                    break;
            }
        }
    }

    private static string MessageOf(JsonObject validation, CompiledPolicy policy, CelScope scope)
    {
        var made = validation.StringAt("messageExpression") is { Length: > 0 } text ? (AdmissionExpressions.Evaluate(policy.Expression(text), scope) as string)?.Trim() : null;
        if (made is { Length: > 0 and <= MostMessage } && !made.Contains('\n', StringComparison.Ordinal))
            return made;
        return validation.StringAt("message") is { Length: > 0 } message ? message.Trim() : $"failed expression: {(validation.StringAt("expression") ?? "").Trim()}";
    }

    /// <summary>Does with a failure what its binding says: warns, denies, or both.</summary>
    private static bool IsDenied(PolicyFailure failure, AdmissionRequest request)
    {
        var actions = failure.Binding!.ObjectAt("spec")!.Strings("validationActions").ToList();
        if (actions.Contains("Warn"))
            request.Request.Warn($"Validation failed for ValidatingAdmissionPolicy '{failure.Policy.Name}' with binding '{failure.Binding!.Name}': {failure.Message}");
        return actions.Contains("Deny");
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
