using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// Server-side apply: merges a configuration into the live object, refuses to change what others own unless forced, and removes
/// what the manager applied before and no longer does.
/// </summary>
internal static class ServerSideApply
{
    private const string BeforeFirstApply = "before-first-apply";

    /// <summary>The merged object with its managedFields; not yet defaulted, pruned or validated.</summary>
    /// <param name="live">The stored object in the version of the request; null where there is none.</param>
    /// <param name="config">The body of the request, as sent.</param>
    /// <exception cref="StatusException">The configuration is wrong, or conflicts with other managers.</exception>
    public static JsonObject Apply(JsonObject? live, JsonObject config, FieldOperation operation, bool force)
    {
        var (apiVersion, kind) = (config.StringAt("apiVersion") ?? "", config.StringAt("kind") ?? "");
        if (apiVersion != operation.ApiVersion || kind != operation.Kind)
            throw Failures.BadRequest($"invalid object type: {Describe(apiVersion, kind)}");
        if (config.At("metadata", "managedFields") is not (null or JsonNull))
            throw Failures.BadRequest("metadata.managedFields must be nil");
        try
        {
            MergeTypeCheck.Require(config, MergeType.ForObject(operation.Schema));
        }
        catch (MergeTypeException error)
        {
            throw Failures.Unreasoned($"failed to create typed patch object ({config.StringAt("metadata", "namespace")}/{config.StringAt("metadata", "name")}; {Describe(apiVersion, kind)}): {error.Message}");
        }

        try
        {
            return Merge(live, config, operation, force);
        }
        catch (ApplyConflictException conflict)
        {
            throw conflict.ToStatus();
        }
        catch (MergeTypeException error)
        {
            throw Failures.Unreasoned($"failed to merge config: {error.Message}");
        }
    }

    private static JsonObject Merge(JsonObject? live, JsonObject config, FieldOperation operation, bool force)
    {
        var managers = ManagedFields.Stored(live);
        var current = live is null ? ZeroObject.For(operation) : ManagedFields.Without(live);
        if (managers.IsEmpty && live is not null)
            managers = ManagedFields.Track(ZeroObject.For(operation), current, managers, operation with { Manager = BeforeFirstApply });

        (JsonObject? Object, FieldManagers Managers) applied;
        var byKubectl = operation.Manager == LastApplied.Manager;
        try
        {
            applied = Apply(current, config, managers, operation, force);
        }
        catch (ApplyConflictException conflict) when (byKubectl)
        {
            if (conflict.Except(LastApplied.Unchanged(current, operation)) is { } left)
                throw left;
            applied = Apply(current, config, managers, operation, force: true);
        }

        var result = byKubectl ? LastApplied.Refresh(applied.Object ?? current, config) : applied.Object ?? current;
        return ManagedFields.With(result, applied.Managers);
    }

    /// <summary>Null for an object that the configuration does not change; its manager's time then stays.</summary>
    private static (JsonObject? Object, FieldManagers Managers) Apply(JsonObject live, JsonObject config, FieldManagers managers, FieldOperation operation, bool force)
    {
        var type = MergeType.ForObject(operation.Schema);
        managers = OwnershipUpdate.Reconcile(live, managers, operation);
        var id = ManagerId.For(operation, applies: true);
        var last = managers[id];
        var owned = AppliedFields.Of(config, type).ExceptBelow(operation.ResetFields);
        managers[id] = new OwnedFields(owned, operation.ApiVersion, last?.Time);

        var merged = ApplyPruning.Prune(ObjectMerge.Of(live, config, type), last, managers, operation);
        OwnershipUpdate.Take(live, merged, managers, id, operation, force);
        var unchanged = live.Equals(merged);
        managers[id] = new OwnedFields(owned.Except(SystemFields.Set), operation.ApiVersion, unchanged ? last?.Time : operation.Time);
        return (unchanged ? null : merged, managers);
    }

    private static string Describe(string apiVersion, string kind)
    {
        var groupVersion = apiVersion.Length > 0 && !apiVersion.Contains('/', StringComparison.Ordinal) ? "/" + apiVersion : apiVersion.Length == 0 ? "/" : apiVersion;
        return $"{groupVersion}, Kind={kind}";
    }
}
