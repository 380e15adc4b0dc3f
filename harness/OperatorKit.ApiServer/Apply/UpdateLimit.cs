namespace OperatorKit.ApiServer.Apply;

/// <summary>Keeps the number of updating managers bounded: the oldest are merged into one entry a version.</summary>
internal static class UpdateLimit
{
    public const int MaximumUpdaters = 10;

    private const string OldUpdates = "ancient-changes";

    public static void Enforce(FieldManagers managers)
    {
        var updaters = managers.Entries
            .Where(static entry => !entry.Key.Applies)
            .OrderBy(static entry => entry.Value.Time?.ToUnixTimeSeconds() ?? 0)
            .ThenBy(static entry => entry.Key.Manager, StringComparer.Ordinal)
            .ThenBy(static entry => entry.Value.ApiVersion, StringComparer.Ordinal)
            .ToList();
        var firstOfVersion = new Dictionary<string, ManagerId>(StringComparer.Ordinal);
        var count = updaters.Count;
        foreach (var (id, owned) in updaters)
        {
            if (count <= MaximumUpdaters)
                return;
            if (firstOfVersion.TryAdd(owned.ApiVersion, id))
                continue;
            var bucket = new ManagerId(OldUpdates, false, owned.ApiVersion, "");
            var first = firstOfVersion[owned.ApiVersion];
            var merged = managers[bucket] ?? managers[first]!;
            managers[first] = null;
            managers[id] = null;
            managers[bucket] = owned with { Fields = owned.Fields.Union(merged.Fields) };
            firstOfVersion[owned.ApiVersion] = bucket;
            count--;
        }
    }
}
