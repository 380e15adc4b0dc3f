using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Apply;

/// <summary>Keeps <c>metadata.managedFields</c> through creates, updates and patches that are not applies.</summary>
internal static class ManagedFields
{
    /// <summary>
    /// The new object with its managedFields: those of the request where it sends valid ones, else those of the live object, moved on
    /// by what changed. An object whose fields were reset stays untracked until it is applied.
    /// </summary>
    /// <param name="live">The stored object; null on create.</param>
    /// <param name="next">The new object, complete and defaulted, in the version of the request.</param>
    public static JsonObject Update(JsonObject? live, JsonObject next, FieldOperation operation)
    {
        var managers = string.IsNullOrEmpty(operation.Subresource) ? Given(live, next) : Stored(live);
        next = Without(next);
        if (managers.IsEmpty && live is not null)
            return next;
        try
        {
            managers = Track(live is null ? ZeroObject.For(operation) : Without(live), next, managers, operation);
        }
        catch (MergeTypeException)
        {
            return next;
        }

        UpdateLimit.Enforce(managers);
        return With(next, managers);
    }

    /// <summary>Whether two states of an object differ in nothing but the times of their managedFields.</summary>
    public static bool DifferInTimesOnly(JsonObject live, JsonObject next) =>
        WithoutTimes(live).SetEquals(WithoutTimes(next)) && Without(live).Equals(Without(next));

    internal static FieldManagers Stored(JsonObject? live) => FieldManagers.Read(live?.ArrayAt("metadata", "managedFields")) ?? FieldManagers.None();

    internal static JsonObject Without(JsonObject value) => value.WithoutAt("metadata", "managedFields");

    internal static JsonObject With(JsonObject value, FieldManagers managers) =>
        managers.IsEmpty ? Without(value) : value.WithAt(["metadata", "managedFields"], managers.Write());

    /// <summary>Moves ownership on by a write, and merges the write into the entry of its manager.</summary>
    internal static FieldManagers Track(JsonObject live, JsonObject next, FieldManagers managers, FieldOperation operation)
    {
        managers = OwnershipUpdate.Reconcile(live, managers, operation);
        var changes = OwnershipUpdate.Take(live, next, managers, ManagerId.CurrentOperation, operation, force: true);
        var written = changes.Modified.Union(changes.Added).ExceptBelow(operation.ResetFields).Except(SystemFields.Set);
        if (written.IsEmpty)
            return managers;
        var id = ManagerId.For(operation, applies: false);
        var earlier = managers[id];
        managers[id] = new OwnedFields(written.Union(earlier?.Fields ?? FieldSet.Empty), operation.ApiVersion, operation.Time);
        return managers;
    }

    private static FieldManagers Given(JsonObject? live, JsonObject next)
    {
        var given = next.ArrayAt("metadata", "managedFields");
        if (given is { Count: 0 } || given is [JsonObject { Count: 0 }])
            return FieldManagers.None();
        return FieldManagers.Read(given) is { IsEmpty: false } managers ? managers : Stored(live);
    }

    private static HashSet<JsonValue> WithoutTimes(JsonObject value) =>
        [.. (value.ArrayAt("metadata", "managedFields") ?? JsonArray.Empty).Items.Select(static entry => entry is JsonObject obj ? obj.Without("time") : entry)];
}
