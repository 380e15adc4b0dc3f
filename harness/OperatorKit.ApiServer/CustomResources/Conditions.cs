using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>The conditions in the status of a definition.</summary>
internal static class Conditions
{
    public static JsonObject Of(string type, string status, string reason, string message) =>
        JsonObject.Of(("type", type), ("status", status), ("reason", reason), ("message", message));

    public static bool IsTrue(JsonObject definition, string type) => Find(definition, type)?.StringAt("status") == "True";

    public static JsonObject? Find(JsonObject definition, string type) =>
        definition.ArrayAt("status", "conditions")?.OfType<JsonObject>().FirstOrDefault(condition => condition.StringAt("type") == type);

    /// <summary>The definition with a condition in place; its time changes with its status only.</summary>
    public static JsonObject With(JsonObject definition, JsonObject condition, DateTimeOffset now)
    {
        var type = condition.StringAt("type");
        var conditions = definition.ArrayAt("status", "conditions") ?? JsonArray.Empty;
        var before = conditions.OfType<JsonObject>().FirstOrDefault(other => other.StringAt("type") == type);
        var time = before is not null && before.StringAt("status") == condition.StringAt("status") ? before["lastTransitionTime"]! : Timestamp.Of(now);
        var entry = JsonObject.Of(
            ("type", type!),
            ("status", condition["status"]!),
            ("lastTransitionTime", time),
            ("reason", condition["reason"]!),
            ("message", condition["message"]!));
        var changed = before is null ? conditions.Append(entry) : conditions.Select(other => ReferenceEquals(other, before) ? entry : other);
        return definition.WithAt(["status", "conditions"], JsonArray.Of(changed));
    }
}
