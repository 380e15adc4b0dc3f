using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads.Services;

/// <summary>Publishes the addresses of the pods that a Service selects, as an EndpointSlice and as Endpoints.</summary>
internal sealed class EndpointController : IController
{
    public string Name => "endpointslice-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == WellKnown.Services && !change.IsDeletion)
            return [change.Key];
        if (change.Key.Resource == WellKnown.Pods)
            return view.In(WellKnown.Services, change.Key.Namespace).Values.Where(service => Concerns(service, change)).Select(KeyOf);
        return change.Key.Resource == WellKnown.Endpoints || change.Key.Resource == WellKnown.EndpointSlices
            ? view.In(WellKnown.Services, change.Key.Namespace).Values.Where(service => change.Key.Name == service.Name || change.Key.Name == EndpointObjects.SliceName(service)).Select(KeyOf)
            : [];
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false } service || service.ObjectAt("spec", "selector") is not { Count: > 0 } selector)
            return Decision.Nothing;

        var pods = view.In(WellKnown.Pods, key.Namespace).Values
            .Where(pod => LabelMatching.MatchesMap(selector, pod.Labels) && !pod.IsFinished && pod.StringAt("status", "podIP") is not null)
            .ToList();
        var actions = new List<ControllerAction>();
        Keep(actions, view, new(WellKnown.EndpointSlices, key.Namespace, EndpointObjects.SliceName(service)), EndpointObjects.Slice(service, pods), "endpoints", "ports");
        Keep(actions, view, new(WellKnown.Endpoints, key.Namespace, key.Name), EndpointObjects.Endpoints(service, pods), "subsets");
        return actions;
    }

    private static void Keep(List<ControllerAction> actions, ClusterView view, ObjectKey key, JsonObject wanted, params string[] fields)
    {
        if (view[key] is not { } existing)
        {
            actions.Add(new Create(key, wanted));
            return;
        }

        var next = existing;
        foreach (var field in fields)
            next = wanted[field] is { } value ? next.With(field, value) : next.Without(field);
        if (!next.Equals(existing) && !existing.IsDeleting)
            actions.Add(new Replace(key, next));
    }

    private static bool Concerns(JsonObject service, ObjectChange change) => service.ObjectAt("spec", "selector") is { Count: > 0 } selector
        && ((change.Before is { } before && LabelMatching.MatchesMap(selector, before.Labels)) || (change.After is { } after && LabelMatching.MatchesMap(selector, after.Labels)));

    private static ObjectKey KeyOf(JsonObject service) => new(WellKnown.Services, service.Namespace, service.Name);
}
