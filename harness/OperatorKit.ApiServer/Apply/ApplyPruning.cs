using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>Removes what a manager applied before and no longer does, unless someone else owns it.</summary>
internal static class ApplyPruning
{
    public static JsonObject Prune(JsonObject merged, OwnedFields? last, FieldManagers managers, FieldOperation operation)
    {
        if (last is null || last.Fields.IsEmpty || View(merged, last.ApiVersion, operation) is not { } lastView)
            return merged;
        var type = lastView.Type;
        var pruned = FieldRemoval.Of(lastView.Object, last.Fields.WithDeclaredFields(type), type);
        pruned = KeepOwned(lastView.Object, pruned, last.ApiVersion, managers, operation);
        pruned = KeepOthers(lastView.Object, pruned, last.Fields, type);
        return last.ApiVersion == operation.ApiVersion ? pruned : operation.Convert?.Invoke(pruned, operation.ApiVersion)?.Object ?? merged;
    }

    /// <summary>Puts back what any manager owns, the new configuration's included.</summary>
    private static JsonObject KeepOwned(JsonObject merged, JsonObject pruned, string prunedVersion, FieldManagers managers, FieldOperation operation)
    {
        var version = prunedVersion;
        foreach (var owners in managers.Entries.GroupBy(static entry => entry.Value.ApiVersion).OrderBy(group => group.Key == prunedVersion ? 0 : 1).ToList())
        {
            if (In(merged, version, owners.Key, operation) is not { } whole || In(pruned, version, owners.Key, operation) is not { } rest)
                continue;
            version = owners.Key;
            var owned = FieldSet.UnionOf(owners.Select(static owner => owner.Value.Fields));
            var gone = AppliedFields.Of(whole.Object, whole.Type).WithDeclaredFields(whole.Type)
                .Except(AppliedFields.Of(rest.Object, rest.Type).WithDeclaredFields(whole.Type))
                .Except(owned.WithDeclaredFields(whole.Type));
            merged = whole.Object;
            pruned = FieldRemoval.Of(merged, gone, whole.Type);
        }

        return In(pruned, version, prunedVersion, operation)?.Object ?? pruned;
    }

    /// <summary>Puts back what this manager never owned: fields that belong to nobody.</summary>
    private static JsonObject KeepOthers(JsonObject merged, JsonObject pruned, FieldSet last, MergeType type)
    {
        var gone = AppliedFields.Of(merged, type).WithDeclaredFields(type)
            .Except(AppliedFields.Of(pruned, type).WithDeclaredFields(type))
            .Intersect(last.WithDeclaredFields(type));
        return FieldRemoval.Of(merged, gone, type);
    }

    private static (JsonObject Object, MergeType Type)? View(JsonObject value, string apiVersion, FieldOperation operation) =>
        new VersionedViews(value, operation).In(apiVersion);

    private static (JsonObject Object, MergeType Type)? In(JsonObject value, string from, string to, FieldOperation operation) => from == to && from == operation.ApiVersion
        ? (value, MergeType.ForObject(operation.Schema))
        : operation.Convert?.Invoke(value, to) is { } converted ? (converted.Object, MergeType.ForObject(converted.Schema)) : null;
}
