using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Tells how many of its pods a PodDisruptionBudget allows to be evicted right now.</summary>
internal sealed class DisruptionController : IController
{
    public string Name => "disruption-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == WellKnown.DisruptionBudgets && !change.IsDeletion)
            return [change.Key];
        return change.Key.Resource == WellKnown.Pods
            ? view.In(WellKnown.DisruptionBudgets, change.Key.Namespace).Values
                .Where(budget => LabelMatching.Matches(budget.ObjectAt("spec", "selector"), change.Object.Labels))
                .Select(static budget => new ObjectKey(WellKnown.DisruptionBudgets, budget.Namespace, budget.Name))
            : [];
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false } budget)
            return Decision.Nothing;
        var pods = view.In(WellKnown.Pods, key.Namespace).Values
            .Where(pod => !pod.IsFinished && LabelMatching.Matches(budget.ObjectAt("spec", "selector"), pod.Labels)).ToList();
        var healthy = pods.Count(static pod => pod.IsReady && !pod.IsDeleting);
        var desired = budget.At("spec", "minAvailable") is { } minimum
            ? IntOrPercent.Resolve(minimum, pods.Count, roundUp: true, "0")
            : Math.Max(0, pods.Count - IntOrPercent.Resolve(budget.At("spec", "maxUnavailable"), pods.Count, roundUp: true, "0"));
        var allowed = Math.Max(0, healthy - desired);
        var condition = allowed > 0
            ? new Condition("DisruptionAllowed", true, "SufficientPods", "")
            : new Condition("DisruptionAllowed", false, "InsufficientPods", "");
        var status = (budget.ObjectAt("status") ?? JsonObject.Empty)
            .With("conditions", Conditions(budget, condition, now))
            .WithCount("currentHealthy", healthy)
            .WithCount("desiredHealthy", desired)
            .WithCount("disruptionsAllowed", allowed)
            .WithCount("expectedPods", pods.Count)
            .WithCountUnlessZero("observedGeneration", budget.Generation);
        return status.Equals(budget.ObjectAt("status")) ? Decision.Nothing : new Replace(key, budget.With("status", status), "status");
    }

    // metav1.Condition: a message is required, even an empty one.
    private static JsonArray Conditions(JsonObject budget, Condition condition, DateTimeOffset now) =>
        JsonArray.Of(Controllers.Conditions.Set(budget, now, condition).Items.OfType<JsonObject>()
            .Select(entry => entry.With("message", condition.Message).With("observedGeneration", budget.Generation)));
}
