using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>
/// Carries definitions through their life: accepts their names, serves their resources once established, keeps what is served
/// like the definition, and cleans up after one that is deleted. The decisions are <see cref="DefinitionPlan"/>'s.
/// </summary>
/// <param name="originOf">The definition that a served resource comes from; null where there is none.</param>
internal sealed class DefinitionController(Func<GroupResource, CustomResourceOrigin?> originOf) : IController
{
    public static readonly GroupResource Definitions = new("apiextensions.k8s.io", "customresourcedefinitions");

    public string Name => "customresourcedefinition-controller";

    public string Program => "kube-apiserver";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == Definitions)
        {
            yield return change.Key;
            if (!change.IsDeletion)
                yield break;

            // The names that it held are free for those that wait for them.
            foreach (var waiting in view.All(Definitions).Where(static other => !Conditions.IsTrue(other, "NamesAccepted")))
                yield return KeyOf(waiting.Name);
        }
        else if (change.IsDeletion && originOf(change.Key.Resource) is { Terminating: true } origin)
        {
            yield return KeyOf(origin.Name);
        }
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } definition)
            return new Withdraw(key);

        var actions = new List<ControllerAction>();
        var objects = view.All(Resource(definition));
        var step = DefinitionPlan.Next(definition, Others(definition, view), objects.Any(), now);
        // Whoever sees that it is established can count on what it defines.
        var next = step is DefinitionStep.WriteStatus { Definition: var written } ? written : definition;
        if (Conditions.IsTrue(next, "Established"))
            actions.Add(new Serve(key, next));
        switch (step)
        {
            case DefinitionStep.WriteStatus write:
                actions.Add(new Replace(key, write.Definition, "status"));
                break;
            case DefinitionStep.DeleteObjects:
                actions.AddRange(objects.Where(static item => !item.IsDeleting).Select(item => new Delete(new ObjectKey(Resource(definition), item.Namespace, item.Name), item.Uid)));
                break;
            case DefinitionStep.Release:
                actions.Add(new Replace(key, definition.WithoutFinalizer(DefinitionPlan.CleanupFinalizer)));
                break;
        }

        return actions;
    }

    private static IEnumerable<JsonObject> Others(JsonObject definition, ClusterView view)
    {
        var group = definition.StringAt("spec", "group");
        return view.All(Definitions).Where(other => other.Name != definition.Name && other.StringAt("spec", "group") == group);
    }

    private static ObjectKey KeyOf(string name) => new(Definitions, "", name);

    private static GroupResource Resource(JsonObject definition) => new(definition.StringAt("spec", "group") ?? "", definition.StringAt("spec", "names", "plural") ?? "");
}
