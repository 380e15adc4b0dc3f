using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>Takes the limits of quotas over into their status and counts there what their namespaces hold.</summary>
internal sealed class QuotaController : IController
{
    public string Name => "resourcequota-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        // Its status is written before what it counts is stored: to count again at that moment would lose it.
        if (change.Key.Resource == WellKnown.ResourceQuotas && change.After is { } quota && !Equals(quota["spec"], change.Before?["spec"]))
            yield return change.Key;
        if (change.Key.Namespace.Length == 0)
            yield break;

        // What is created has been counted by admission; when it changes, only pods, services and claims count differently.
        var counts = change.IsDeletion || (change.Before is not null
            && (change.Key.Resource == WellKnown.Pods || change.Key.Resource == WellKnown.Services || change.Key.Resource == WellKnown.PersistentVolumeClaims));
        foreach (var name in counts ? view.In(WellKnown.ResourceQuotas, change.Key.Namespace).Keys : [])
            yield return new ObjectKey(WellKnown.ResourceQuotas, change.Key.Namespace, name);
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } quota)
            return Decision.Nothing;
        var hard = quota.ObjectAt("spec", "hard") ?? JsonObject.Empty;
        var status = JsonObject.Of(("hard", hard), ("used", Used(quota, hard, view, now)));
        return status.Equals(quota.ObjectAt("status")) ? Decision.Nothing : new Replace(key, quota.With("status", status), "status");
    }

    private static JsonObject Used(JsonObject quota, JsonObject hard, ClusterView view, DateTimeOffset now)
    {
        var used = hard.Keys.Aggregate(JsonObject.Empty, static (none, name) => none.With(name, "0"));
        foreach (var (key, item) in view.ContentOf(quota.Namespace))
        {
            if (key.Resource.Resource != "events" && QuotaScopes.Match(quota, key.Resource, item))
                used = used.Plus(QuotaUsage.Of(key.Resource, item, now).Where((name, _) => hard.ContainsKey(name)));
        }

        return used;
    }
}
