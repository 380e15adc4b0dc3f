using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>
/// Empties terminating namespaces, pods first, tells in conditions what is left, and takes its finalizer off when nothing is.
/// See https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/.
/// </summary>
internal sealed class NamespaceController : IController
{
    public string Name => "namespace-controller";

    public static ObjectKey KeyOf(string name) => new(WellKnown.Namespaces, "", name);

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        var key = change.Key.Resource == WellKnown.Namespaces ? change.Key : KeyOf(change.Key.Namespace);
        if (view[key] is { IsDeleting: true })
            yield return key;
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: true } item || !HasOurFinalizer(item))
            return Decision.Nothing;

        var content = view.ContentOf(key.Name).ToList();
        var pods = content.Where(static entry => entry.Key.Resource == WellKnown.Pods).ToList();
        var turn = pods.Count > 0 ? pods : content;
        var deletions = turn.Where(static entry => !entry.Value.IsDeleting)
            .Select(static ControllerAction (entry) => new Delete(entry.Key, entry.Value.Uid))
            .ToList();
        if (deletions.Count > 0)
            return deletions;

        var conditions = Conditions.Set(item, now, NamespaceConditions.Describe(content));
        if (!conditions.Equals(item.ArrayAt("status", "conditions")))
            return new Replace(key, item.WithAt(["status", "conditions"], conditions), "status");
        return content.Count == 0 ? new Replace(key, WithoutOurFinalizer(item), "finalize") : Decision.Nothing;
    }

    private static bool HasOurFinalizer(JsonObject item) => SpecFinalizers(item).Contains("kubernetes");

    private static JsonObject WithoutOurFinalizer(JsonObject item) => item.WithAt(
        ["spec", "finalizers"],
        JsonArray.Of(SpecFinalizers(item).Where(static finalizer => finalizer != "kubernetes").Select(JsonValue.From)));

    private static IEnumerable<string> SpecFinalizers(JsonObject item) =>
        (item.ArrayAt("spec", "finalizers") ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static finalizer => finalizer.Value);
}
