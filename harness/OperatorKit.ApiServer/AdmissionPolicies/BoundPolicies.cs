using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Cel.Evaluation;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Webhooks;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Finds the policies of one kind that are for a write, each as often as it is bound.</summary>
/// <param name="policies">The plural of the policies: <c>validatingadmissionpolicies</c>.</param>
/// <param name="bindings">The plural of their bindings.</param>
internal sealed class BoundPolicies(ApiOperations operations, RbacAuthorizer authorizer, string policies, string bindings)
{
    private const string Group = "admissionregistration.k8s.io";
    private static readonly JsonArray Everything = JsonArray.Of(JsonObject.Of(
        ("apiGroups", JsonArray.Of("*")), ("apiVersions", JsonArray.Of("*")), ("operations", JsonArray.Of("*")), ("resources", JsonArray.Of("*/*"))));

    private readonly GroupResource _policies = new(Group, policies);
    private readonly GroupResource _bindings = new(Group, bindings);
    private readonly PolicyParameters _parameters = new(operations);

    /// <summary>The invocations in order, and what is wrong with those that cannot be made.</summary>
    public async ValueTask<(List<PolicyInvocation> Invocations, List<PolicyFailure> Failures)> ForAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        List<PolicyInvocation> invocations = [];
        List<PolicyFailure> failures = [];
        var stored = operations.Store.Read(_policies).Objects;
        if (stored.Count == 0 || WebhookMatching.IsExempt(request))
            return (invocations, failures);
        var bound = operations.Store.Read(_bindings).Objects.In(null).Select(static binding => binding.Value).ToLookup(static binding => binding.StringAt("spec", "policyName"));
        foreach (var policy in stored.In(null).Select(static entry => entry.Value))
        {
            if (!bound.Contains(policy.Name) || TargetFor(policy.ObjectAt("spec", "matchConstraints"), request) is not { } target)
                continue;
            if (_parameters.Problem(policy) is { } problem)
            {
                failures.Add(new PolicyFailure(policy, null, $"failed to configure policy: {problem}"));
                continue;
            }

            foreach (var binding in bound[policy.Name].Where(binding => binding.ObjectAt("spec", "matchResources") is not { } limits || TargetFor(limits, request) is not null))
            {
                try
                {
                    foreach (var parameters in await _parameters.OfAsync(policy, binding, request, cancellationToken).ConfigureAwait(false))
                        invocations.Add(new PolicyInvocation(policy, binding, target, parameters));
                }
                catch (PolicyParameterException error)
                {
                    failures.Add(new PolicyFailure(policy, binding, $"failed to configure binding: {error.Message}"));
                }
            }
        }

        return (invocations, failures);
    }

    /// <summary>What the expressions of an invocation see; without the authorizer, what those do that are no part of its decision.</summary>
    public (CelScope Full, CelScope Plain) Scopes(PolicyInvocation invocation, AdmissionRequest request)
    {
        var ns = request.Target.Namespace is { } name ? operations.Store.Find(WellKnown.Namespaces, null, name)?.Value : null;
        var plain = AdmissionExpressions.Scope(request, ns, invocation.Parameters);
        return (AdmissionExpressions.WithAuthorizer(plain, request, authorizer), plain);
    }

    private ResourceTarget? TargetFor(JsonObject? constraints, AdmissionRequest request)
    {
        if (constraints is null)
            return null;
        var rules = constraints.ArrayAt("resourceRules") is { Count: > 0 } ? constraints : constraints.With("resourceRules", Everything);
        return constraints.ArrayAt("excludeResourceRules") is { Count: > 0 } && WebhookMatching.TargetFor(constraints, request, operations, "excludeResourceRules") is not null
            ? null
            : WebhookMatching.TargetFor(rules, request, operations, "resourceRules");
    }
}
