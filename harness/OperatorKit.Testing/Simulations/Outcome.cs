using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Timelines;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations;

/// <summary>The state of a cluster with all that chance decides left out, to compare one run with another.</summary>
internal sealed class Outcome
{
    private static readonly string[][] Incidental =
    [
        ["metadata", "uid"], ["metadata", "resourceVersion"], ["metadata", "creationTimestamp"], ["metadata", "generation"], ["metadata", "managedFields"],
    ];

    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);

    private Outcome()
    {
    }

    /// <summary>Takes the objects that the operator handles and those of the kinds that it writes.</summary>
    public static Outcome Of(World world)
    {
        var outcome = new Outcome();
        var handled = world.Kinds.Select(static kind => kind.Resource).ToHashSet();
        var controllers = world.Kinds.Select(static kind => kind.Controller).ToList();
        foreach (var resource in handled.Union(world.WrittenResources))
        {
            // What the cluster began with is the same everywhere, and its kind is perhaps not written to in the run that this one is compared with.
            foreach (var stored in world.Objects(resource).Where(stored => stored.Revision > world.FirstRevision))
            {
                // Of a child only what the operator has set: the rest is the business of others.
                var value = handled.Contains(resource) ? WithStatus(stored.Value) : OwnedFields.Only(stored.Value, controllers).Without("status");
                outcome._objects[$"{resource} {stored.Namespace}/{stored.Name}"] = Normalize(value, world.Subject.Options.IgnoredPaths);
            }
        }

        return outcome;
    }

    /// <summary>How this differs from what is expected; null where it does not.</summary>
    public string? DifferenceFrom(Outcome expected)
    {
        foreach (var (key, wanted) in expected._objects)
        {
            if (!_objects.TryGetValue(key, out var actual))
                return $"{key} is missing";
            if (!wanted.Equals(actual))
                return $"{key} differs (without faults -> here): {string.Join("; ", ObjectChanges.Between(wanted, actual).Take(5))}";
        }

        return _objects.Keys.FirstOrDefault(key => !expected._objects.ContainsKey(key)) is { } extra ? $"{extra} is there, and without faults it is not" : null;
    }

    private static JsonObject Normalize(JsonObject value, IEnumerable<string[]> ignored)
    {
        var observedNow = value.Generation.ToString(CultureInfo.InvariantCulture);
        foreach (var path in Incidental.Concat(ignored))
            value = value.WithoutAt(path);
        foreach (var name in value.ObjectAt("metadata", "annotations")?.Keys.Where(static name => name.EndsWith("-observed-generation", StringComparison.Ordinal)).ToList() ?? [])
            value = value.WithAt(["metadata", "annotations", name], observedNow == value.StringAt("metadata", "annotations", name) ? "current" : "behind");
        // Which of several controllers comes first is chance.
        if (value.ArrayAt("metadata", "finalizers") is { } finalizers)
            value = value.WithAt(["metadata", "finalizers"], JsonArray.Of(finalizers.Items.OrderBy(static finalizer => finalizer.ToString(), StringComparer.Ordinal)));
        return value.WithOwnerReferences(static reference => reference.Without("uid"));
    }

    private static JsonObject WithStatus(JsonObject value)
    {
        if (value.ObjectAt("status") is not { } status)
            return value;
        if (status.LongAt("observedGeneration") is { } observed)
            status = status.With("observedGeneration", observed == value.Generation ? "current" : "behind");
        if (status.ArrayAt("conditions") is { } conditions)
        {
            status = status.With("conditions", JsonArray.Of(conditions.Items.OfType<JsonObject>()
                .Select(static condition => condition.Without("lastTransitionTime").Without("observedGeneration"))
                .OrderBy(static condition => condition.StringAt("type"), StringComparer.Ordinal)));
        }

        return value.With("status", status);
    }
}
