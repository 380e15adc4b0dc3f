using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// Carries the ownership of the replicas between an object and its <c>/scale</c>, which is another kind with another path to them.
/// </summary>
internal static class ScaleOwnership
{
    private const string ScaleApiVersion = "autoscaling/v1";

    private static readonly FieldSet ScaleReplicas = FieldSet.OfFields("spec", "replicas");

    /// <summary>The managedFields of the Scale: those who own the parent's replicas.</summary>
    /// <param name="parent">The parent's managedFields.</param>
    /// <param name="replicas">The dotted path of the replicas in a version of the parent; null where it has none.</param>
    public static JsonArray ToScale(JsonArray? parent, Func<string, string?> replicas)
    {
        var managers = FieldManagers.None();
        foreach (var (id, owned) in Read(parent).Entries)
        {
            if (Path(replicas(owned.ApiVersion)) is { } path && !owned.Fields.Intersect(path).IsEmpty)
                managers[id.Applies ? id : id with { ApiVersion = ScaleApiVersion }] = owned with { Fields = ScaleReplicas, ApiVersion = ScaleApiVersion };
        }

        return managers.Write();
    }

    /// <summary>The parent's managedFields after a write to its Scale.</summary>
    /// <param name="parent">The parent's managedFields before.</param>
    /// <param name="scale">The managedFields of the Scale after the write.</param>
    /// <param name="parentVersion">The version of the parent that the request names.</param>
    /// <param name="replicas">The dotted path of the replicas in a version of the parent; null where it has none.</param>
    public static JsonArray ToParent(JsonArray? parent, JsonArray? scale, string parentVersion, Func<string, string?> replicas)
    {
        var before = Read(parent);
        var owners = Read(scale).Entries.Where(static entry => !entry.Value.Fields.Intersect(ScaleReplicas).IsEmpty).ToDictionary(static entry => Unversioned(entry.Key), static entry => entry);
        var after = FieldManagers.None();
        foreach (var (id, owned) in before.Entries)
        {
            var path = Path(replicas(owned.ApiVersion));
            if (path is null || owned.Fields.Intersect(path).IsEmpty)
                after[id] = owned;
            else if (owners.Remove(Unversioned(id)))
                after[id] = owned;
            else
                after[id] = owned with { Fields = owned.Fields.Except(path) };
        }

        if (Path(replicas(parentVersion)) is { } parentPath)
        {
            foreach (var id in owners.Values.Select(entry => entry.Key.Applies ? entry.Key : entry.Key with { ApiVersion = parentVersion }))
                after[id] = new OwnedFields(parentPath, parentVersion, before[id]?.Time);
        }

        return after.Write();
    }

    private static FieldManagers Read(JsonArray? entries) => FieldManagers.Read(entries) ?? FieldManagers.None();

    private static ManagerId Unversioned(ManagerId id) => id with { ApiVersion = "" };

    private static FieldSet? Path(string? dotted) => dotted is null ? null : FieldSet.OfFields(dotted.Trim('.').Split('.'));
}
