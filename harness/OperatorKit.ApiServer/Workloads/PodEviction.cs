using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>
/// POST to <c>/eviction</c> of a pod: a delete that the disruption budgets of the pod must allow.
/// See https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/.
/// </summary>
internal sealed class PodEviction(ApiOperations operations)
{
    public async Task<WriteResult> HandleAsync(ResourceTarget target, string verb, RequestBody? body, RequestContext request, CancellationToken cancellationToken)
    {
        if (verb != "create" || body is null)
            throw Failures.MethodNotAllowed();
        if (body.Value.Name != target.Name)
            throw Failures.BadRequest("name in URL does not match name in Eviction object");
        var pod = operations.Store.Find(WellKnown.Pods, target.Namespace, target.Name!)?.Value ?? throw Failures.NotFound(WellKnown.Pods, target.Name!);
        if (!pod.IsFinished && !pod.IsDeleting)
            RequireBudget(pod);
        var given = body.Value.ObjectAt("deleteOptions");
        var options = new DeleteOptions
        {
            GracePeriodSeconds = given?.LongAt("gracePeriodSeconds"),
            PreconditionUid = given?.StringAt("preconditions", "uid"),
            PreconditionResourceVersion = given?.StringAt("preconditions", "resourceVersion"),
        };
        // kubectl drain says it here, not in the query.
        var dryRun = request.DryRun || given?.ArrayAt("dryRun")?.Contains(JsonValue.From("All")) == true;
        await operations.DeleteAsync(target with { Subresource = null }, options, new RequestContext { User = request.User, DryRun = dryRun }, cancellationToken).ConfigureAwait(false);
        return new WriteResult(JsonObject.Of(("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonObject.Empty), ("status", "Success"), ("code", 201)), Created: true);
    }

    private void RequireBudget(JsonObject pod)
    {
        foreach (var stored in operations.Store.Read(WellKnown.DisruptionBudgets).Objects.In(pod.Namespace))
        {
            var budget = stored.Value;
            if (!LabelMatching.Matches(budget.ObjectAt("spec", "selector"), pod.Labels) || budget.LongAt("status", "disruptionsAllowed") is > 0)
                continue;
            var cause = string.Create(
                CultureInfo.InvariantCulture,
                $"The disruption budget {budget.Name} needs {budget.LongAt("status", "desiredHealthy") ?? 0} healthy pods and has {budget.LongAt("status", "currentHealthy") ?? 0} currently");
            throw new StatusException(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", JsonObject.Of(
                ("causes", JsonArray.Of(JsonObject.Of(("reason", "DisruptionBudget"), ("message", cause))))));
        }
    }
}
