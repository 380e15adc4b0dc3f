using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>observedGeneration only grows, never runs ahead, and moves only when a handler has dealt with that generation.</summary>
internal sealed class TruthfulStatus : IRule
{
    private const HandlerMethods EveryCause = HandlerMethods.Create | HandlerMethods.Update;

    public string Text => "the status says what is true";

    public string? Changed(World world, GroupResource resource, StoreEvent change)
    {
        if (change.Type != StoreEventType.Modified || world.KindOf(resource) is not { Kind.HasStatus: true } kind)
            return null;
        var now = change.Object.Value;
        var (before, observed) = (Observed(change.Previous!.Value), Observed(now));
        if (observed == before)
            return null;
        if (observed < before)
            return $"status.observedGeneration of {resource} {change.Object.Name} goes back from {before} to {observed}";
        if (observed > now.Generation)
            return $"status.observedGeneration of {resource} {change.Object.Name} is {observed}, and there is no generation after {now.Generation}";
        var isHandled = (kind.Methods & HandlerMethods.Reconcile) != 0 || (kind.Methods & EveryCause) == EveryCause;
        return isHandled && !world.Calls.Any(call => call.Controller == kind.Controller && call.Uid == change.Object.Uid && call.Generation == observed && call.Succeeded)
            ? $"status.observedGeneration of {resource} {change.Object.Name} becomes {observed}, and no handler has dealt with that generation"
            : null;
    }

    public string? AtRest(World world)
    {
        foreach (var kind in world.Kinds.Where(static kind => kind.Kind.HasStatus))
        {
            foreach (var stored in world.Objects(kind.Resource))
            {
                if (Observed(stored.Value) < stored.Value.Generation && IsReady(stored.Value))
                    return $"{kind.Resource} {stored.Name} says Ready, and generation {stored.Value.Generation} was not dealt with";
            }
        }

        return null;
    }

    private static long Observed(JsonObject value) => value.LongAt("status", "observedGeneration") ?? 0;

    private static bool IsReady(JsonObject value) => (value.ArrayAt("status", "conditions") ?? JsonArray.Empty).Items.OfType<JsonObject>()
        .Any(static condition => condition.StringAt("type") == "Ready" && condition.StringAt("status") == "True");
}
