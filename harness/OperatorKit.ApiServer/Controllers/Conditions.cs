using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>One entry of <c>status.conditions</c> as a controller wants it; the times are kept by <see cref="Conditions"/>.</summary>
internal sealed record Condition(string Type, bool IsTrue, string Reason, string Message)
{
    public string Status => IsTrue ? "True" : "False";
}

/// <summary>Setting of conditions: the transition time moves only with the status.</summary>
internal static class Conditions
{
    public static JsonObject? Find(JsonObject owner, string type) =>
        (owner.ArrayAt("status", "conditions") ?? JsonArray.Empty).Items.OfType<JsonObject>().FirstOrDefault(entry => entry.StringAt("type") == type);

    public static bool IsTrue(JsonObject owner, string type) => Find(owner, type)?.StringAt("status") == "True";

    /// <summary>The object with the given conditions set.</summary>
    public static JsonObject With(JsonObject owner, DateTimeOffset now, params IEnumerable<Condition> wanted) => owner.WithAt(["status", "conditions"], Set(owner, now, wanted));

    /// <summary>The conditions of an object with the given ones set; unchanged entries stay as they are.</summary>
    public static JsonArray Set(JsonObject owner, DateTimeOffset now, params IEnumerable<Condition> wanted)
    {
        var entries = (owner.ArrayAt("status", "conditions") ?? JsonArray.Empty).Items.OfType<JsonObject>().ToList();
        foreach (var condition in wanted)
        {
            var i = entries.FindIndex(entry => entry.StringAt("type") == condition.Type);
            if (i < 0)
                entries.Add(New(condition, now));
            else
                entries[i] = Changed(entries[i], condition, now);
        }

        return JsonArray.Of(entries);
    }

    private static JsonObject New(Condition condition, DateTimeOffset now) =>
        Described(JsonObject.Of(("type", condition.Type), ("status", condition.Status), ("lastTransitionTime", KubernetesTime.Format(now))), condition);

    private static JsonObject Changed(JsonObject entry, Condition condition, DateTimeOffset now)
    {
        if (entry.StringAt("status") != condition.Status)
            entry = entry.With("lastTransitionTime", KubernetesTime.Format(now)).With("status", condition.Status);
        return Described(entry, condition);
    }

    private static JsonObject Described(JsonObject entry, Condition condition)
    {
        entry = condition.Reason.Length == 0 ? entry.Without("reason") : entry.With("reason", condition.Reason);
        return condition.Message.Length == 0 ? entry.Without("message") : entry.With("message", condition.Message);
    }
}
