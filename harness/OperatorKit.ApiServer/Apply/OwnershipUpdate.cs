using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>How a write moves ownership: who loses fields to it, and who stands in its way.</summary>
internal static class OwnershipUpdate
{
    /// <summary>
    /// Takes from every other manager what the write changed or removed, and answers how the object changed.
    /// </summary>
    /// <exception cref="ApplyConflictException">Without force, another manager owns what the write changes.</exception>
    public static FieldComparison Take(JsonObject live, JsonObject next, FieldManagers managers, ManagerId writer, FieldOperation operation, bool force)
    {
        var (before, after) = (new VersionedViews(live, operation), new VersionedViews(next, operation));
        var comparisons = new Dictionary<string, FieldComparison>(StringComparer.Ordinal)
        {
            [operation.ApiVersion] = FieldComparison.Of(live, next, MergeType.ForObject(operation.Schema)).Without(operation.ResetFields),
        };
        var conflicts = new List<(ManagerId Manager, FieldSet Fields)>();
        foreach (var (id, owned) in managers.Entries.Where(entry => entry.Key != writer).ToList())
        {
            if (!comparisons.TryGetValue(owned.ApiVersion, out var changes))
            {
                if (before.In(owned.ApiVersion) is not { } old || after.In(owned.ApiVersion) is not { } now)
                {
                    managers[id] = null;
                    continue;
                }

                changes = FieldComparison.Of(old.Object, now.Object, now.Type);
                comparisons[owned.ApiVersion] = changes;
            }

            var conflict = owned.Fields.Intersect(changes.Modified.Union(changes.Added));
            if (!conflict.IsEmpty)
                conflicts.Add((id, conflict));
            managers[id] = owned with { Fields = owned.Fields.Except(conflict).Except(changes.Removed) };
        }

        return force || conflicts.Count == 0 ? comparisons[operation.ApiVersion] : throw new ApplyConflictException(conflicts);
    }

    /// <summary>Fits what each manager owns to the present schema; entries in versions that are gone are dropped.</summary>
    public static FieldManagers Reconcile(JsonObject live, FieldManagers managers, FieldOperation operation)
    {
        var views = new VersionedViews(live, operation);
        var reconciled = FieldManagers.None();
        foreach (var (id, owned) in managers.Entries)
        {
            if (views.In(owned.ApiVersion) is { } view)
                reconciled[id] = owned with { Fields = SchemaChange.Reconcile(owned.Fields, view.Type) };
        }

        return reconciled;
    }
}
