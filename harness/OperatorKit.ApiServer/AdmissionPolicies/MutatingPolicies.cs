using OperatorKit.ApiServer.Authorization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>
/// Changes writes as MutatingAdmissionPolicies say, one after the other, each as often as it is bound.
/// See https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/.
/// </summary>
internal sealed class MutatingPolicies(ApiOperations operations, RbacAuthorizer authorizer) : IAdmission
{
    private readonly BoundPolicies _policies = new(operations, authorizer, "mutatingadmissionpolicies", "mutatingadmissionpolicybindings");

    public async ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var (invocations, failures) = await _policies.ForAsync(request, cancellationToken).ConfigureAwait(false);
        if (invocations.Count > 0)
        {
            var calls = request.Reinvocation.CallsOf(this);
            calls.Begin(request.Object);
            var isMade = false;
            foreach (var invocation in invocations)
            {
                if (await MutateAsync(invocation, request, calls, failures, cancellationToken).ConfigureAwait(false) is { } mutated)
                    (request, isMade) = (mutated, true);
            }

            calls.End(request.Object, repeats: isMade);
        }

        failures.RemoveAll(static failure => failure.IsIgnored);
        return failures.Count == 0 ? request.Object : throw Denied(failures, request);
    }

    /// <summary>The request with what an invocation made of it; null where it was not to be made.</summary>
    private async ValueTask<AdmissionRequest?> MutateAsync(
        PolicyInvocation invocation, AdmissionRequest request, ReinvokedCalls calls, List<PolicyFailure> failures, CancellationToken cancellationToken)
    {
        var (policy, binding) = (invocation.Policy, invocation.Binding);
        var call = (policy.Name, binding.Name, invocation.Parameters?.StringAt("metadata", "namespace"), invocation.Parameters?.Name);
        var compiled = CompiledPolicy.Of(policy);
        var seen = await operations.SeenAsAsync(request, invocation.Target, cancellationToken).ConfigureAwait(false);
        var (holds, error) = compiled.Matches(_policies.Scopes(invocation, seen).Full);
        if (error is not null)
            failures.Add(invocation.Failed(error) with { Reason = "Invalid" });
        if (!holds || !calls.IsDue(call))
            return null;

        var before = seen.Object;
        foreach (var mutation in policy.ObjectAt("spec")!.Objects("mutations"))
        {
            try
            {
                seen = seen with { Object = Mutation.Apply(mutation, compiled, seen, _policies.Scopes(invocation, seen).Full) };
            }
            catch (MutationException failure)
            {
                failures.Add(invocation.Failed(failure.Message) with { Reason = "Invalid" });
            }
        }

        var isChanged = !Equals(before, seen.Object);
        calls.Made(call, isChanged, reinvocable: policy.StringAt("spec", "reinvocationPolicy") == "IfNeeded");
        return isChanged ? request with { Object = await operations.FromSeenAsync(seen, request, cancellationToken).ConfigureAwait(false) } : request;
    }

    /// <summary>One answer for all failures, in the words of the first.</summary>
    private static StatusException Denied(List<PolicyFailure> failures, AdmissionRequest request)
    {
        var messages = failures.Select(static failure => failure.Binding is { } binding
            ? $"policy '{failure.Policy.Name}' with binding '{binding.Name}' denied request: {failure.Message}"
            : $"policy \"{failure.Policy.Name}\" denied request: {failure.Message}").ToArray();
        var forbidden = request.Forbidden("admission request denied by policy", messages);
        return new StatusException(forbidden.Code, failures[0].Reason ?? forbidden.Reason, messages[0], forbidden.Details);
    }
}
