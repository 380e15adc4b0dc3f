using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Cel.Values;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.ApiServer.Webhooks;
using OperatorKit.ApiServer.Workloads;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>
/// Holds writes against ValidatingAdmissionPolicies, each as often as it is bound.
/// See https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/.
/// </summary>
internal sealed class ValidatingPolicies(ApiOperations operations) : IAdmission
{
    private static readonly GroupResource Policies = new("admissionregistration.k8s.io", "validatingadmissionpolicies");
    private static readonly GroupResource Bindings = new("admissionregistration.k8s.io", "validatingadmissionpolicybindings");

    private readonly Store _store = operations.Store;

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var policies = _store.Read(Policies).Objects;
        if (policies.Count == 0 || WebhookMatching.IsExempt(request))
            return;
        foreach (var policy in policies.In(null).Select(static stored => stored.Value))
        {
            if (VersionFor(policy.ObjectAt("spec", "matchConstraints"), request) is not { } version)
                continue;
            var seen = await operations.InVersionAsync(request, version, cancellationToken).ConfigureAwait(false);
            foreach (var binding in _store.Read(Bindings).Objects.In(null).Select(static stored => stored.Value))
            {
                if (binding.StringAt("spec", "policyName") == policy.Name && (binding.ObjectAt("spec", "matchResources") is not { } limits || VersionFor(limits, request) is not null))
                    Enforce(policy, binding, seen);
            }
        }
    }

    private ResourceVersion? VersionFor(JsonObject? constraints, AdmissionRequest request)
    {
        if (constraints is null)
            return null;
        var rules = constraints.ArrayAt("resourceRules") is { Count: > 0 } ? constraints : constraints.With("resourceRules", JsonArray.Of(Anything));
        return constraints.ArrayAt("excludeResourceRules") is { Count: > 0 } && WebhookMatching.VersionFor(constraints, request, _store, "excludeResourceRules") is not null
            ? null
            : WebhookMatching.VersionFor(rules, request, _store, "resourceRules");
    }

    private static JsonObject Anything => JsonObject.Of(
        ("apiGroups", JsonArray.Of("*")), ("apiVersions", JsonArray.Of("*")), ("operations", JsonArray.Of("*")), ("resources", JsonArray.Of("*/*")));

    private void Enforce(JsonObject policy, JsonObject binding, AdmissionRequest request)
    {
        var mayFail = policy.StringAt("spec", "failurePolicy") == "Ignore";
        var ns = request.Target.Namespace is { } name ? _store.Find(WellKnown.Namespaces, null, name)?.Value : null;
        foreach (var parameters in Parameters(policy, binding, request))
        {
            var scope = AdmissionExpressions.Scope(request, ns, parameters);
            var (holds, error) = AdmissionExpressions.Conditions(policy.ArrayAt("spec", "matchConditions"), scope);
            if (error is not null && !mayFail)
                Deny(policy, binding, request, error, "Invalid");
            if (!holds)
                continue;
            scope = AdmissionExpressions.WithVariables(scope, Objects(policy.ArrayAt("spec", "variables")));
            foreach (var validation in Objects(policy.ArrayAt("spec", "validations")))
                Judge(policy, binding, request, validation, scope, mayFail);
        }
    }

    private static void Judge(JsonObject policy, JsonObject binding, AdmissionRequest request, JsonObject validation, CelScope scope, bool mayFail)
    {
        var expression = validation.StringAt("expression") ?? "";
        switch (AdmissionExpressions.Evaluate(expression, scope))
        {
            case true:
                break;
            case CelError failure when mayFail:
                break;
            case CelError failure:
                Deny(policy, binding, request, $"expression '{expression}' resulted in error: {failure.Message}", "Invalid");
                break;
            default:
                var said = validation.StringAt("messageExpression") is { } text ? AdmissionExpressions.Evaluate(text, scope) as string : null;
                Deny(policy, binding, request, said ?? validation.StringAt("message") ?? $"failed expression: {expression.Trim()}", validation.StringAt("reason") ?? "Invalid");
                break;
        }
    }

    private static void Deny(JsonObject policy, JsonObject binding, AdmissionRequest request, string message, string reason)
    {
        var actions = (binding.ArrayAt("spec", "validationActions") ?? JsonArray.Empty).Items;
        if (actions.Contains("Warn"))
            request.Request.Warn($"Validation failed for ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}': {message}");
        if (!actions.Contains("Deny"))
            return;
        var text = $"ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}' denied request: {message}";
        var code = reason switch
        {
            "Forbidden" => 403,
            "Unauthorized" => 401,
            "RequestEntityTooLarge" => 413,
            _ => 422,
        };
        var forbidden = Failures.Forbidden(request.Target.Type.Resource, request.Target.Name ?? "", text, JsonArray.Of(JsonObject.Of(("message", text))));
        throw new StatusException(code, reason, forbidden.Message, forbidden.Details);
    }

    /// <summary>The objects that the policy is to be evaluated with, one after the other; null alone for a policy without.</summary>
    private IEnumerable<JsonObject?> Parameters(JsonObject policy, JsonObject binding, AdmissionRequest request)
    {
        if (policy.ObjectAt("spec", "paramKind") is not { } kind)
            return [null];
        var apiVersion = kind.StringAt("apiVersion") ?? "";
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var type = operations.Registry.Current.FindKind(slash < 0 ? "" : apiVersion[..slash], kind.StringAt("kind") ?? "");
        var reference = binding.ObjectAt("spec", "paramRef") ?? JsonObject.Empty;
        var ns = type is { Namespaced: true } ? reference.StringAt("namespace") ?? request.Target.Namespace : null;
        var found = type is null ? [] : _store.Read(type.Storage).Objects.In(type.Namespaced ? ns : null).Select(static stored => stored.Value)
            .Where(item => reference.StringAt("name") is { } name ? item.Name == name : LabelMatching.Matches(reference.ObjectAt("selector"), item.Labels)).ToList();
        if (found.Count == 0 && reference.StringAt("parameterNotFoundAction") != "Allow" && policy.StringAt("spec", "failurePolicy") != "Ignore")
            Deny(policy, binding, request, "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction", "Invalid");
        return found;
    }

    private static IEnumerable<JsonObject> Objects(JsonArray? items) => (items ?? JsonArray.Empty).Items.OfType<JsonObject>();
}
