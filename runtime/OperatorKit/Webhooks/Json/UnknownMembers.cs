using System.Text.Json.Nodes;

namespace OperatorKit.Webhooks.Json;

/// <summary>
/// Carries what a typed object went through over to the JSON that it was read from, so that members which the type does not
/// know survive: <c>raw</c> is the JSON, <c>before</c> the typed object that was read from it, <c>after</c> what became of that.
/// </summary>
internal static class UnknownMembers
{
    /// <summary>The JSON after a change of the same type. Defaults that only the type knows are not written out.</summary>
    public static JsonNode? Change(JsonNode? raw, JsonNode? before, JsonNode? after) => Carry(raw, before, after, writesDefaults: false);

    /// <summary>The JSON as another type. All that the other type says is written out.</summary>
    public static JsonNode? Convert(JsonNode? raw, JsonNode? before, JsonNode? after) => Carry(raw, before, after, writesDefaults: true);

    private static JsonNode? Carry(JsonNode? raw, JsonNode? before, JsonNode? after, bool writesDefaults) => (raw, before, after) switch
    {
        (JsonObject r, JsonObject b, JsonObject a) => Objects(r, b, a, writesDefaults),
        (JsonArray r, JsonArray b, JsonArray a) when r.Count == b.Count => Arrays(r, b, a, writesDefaults),
        _ => (JsonNode.DeepEquals(before, after) ? raw : after)?.DeepClone(),
    };

    private static JsonObject Objects(JsonObject raw, JsonObject before, JsonObject after, bool writesDefaults)
    {
        var result = new JsonObject();
        foreach (var (name, value) in raw)
        {
            var isKnown = before.TryGetPropertyValue(name, out var old);
            if (after.TryGetPropertyValue(name, out var now))
                result[name] = isKnown ? Carry(value, old, now, writesDefaults) : now?.DeepClone();
            else if (!isKnown)
                result[name] = value?.DeepClone();
        }

        foreach (var (name, now) in after)
        {
            var isDefault = before.TryGetPropertyValue(name, out var old) && JsonNode.DeepEquals(old, now);
            if (!raw.ContainsKey(name) && (writesDefaults || !isDefault))
                result[name] = now?.DeepClone();
        }

        return result;
    }

    private static JsonArray Arrays(JsonArray raw, JsonArray before, JsonArray after, bool writesDefaults)
    {
        var result = new JsonArray();
        var origins = Origins(before, after);
        for (var i = 0; i < after.Count; i++)
            result.Add(origins[i] is { } from ? Carry(raw[from], before[from], after[i], writesDefaults) : after[i]?.DeepClone());
        return result;
    }

    /// <summary>For each item of a list where it was before: the same item first, then one of the same name, then one at the same place.</summary>
    private static int?[] Origins(JsonArray before, JsonArray after)
    {
        var origins = new int?[after.Count];
        var taken = new bool[before.Count];
        Match(static (old, now, _) => JsonNode.DeepEquals(old, now));
        Match(static (old, now, _) => NameOf(now) is { } name && NameOf(old) == name);
        if (before.Count == after.Count)
            Match(static (old, now, isSamePlace) => isSamePlace && NameOf(old) is null && NameOf(now) is null);
        return origins;

        void Match(Func<JsonNode?, JsonNode?, bool, bool> isSame)
        {
            for (var i = 0; i < after.Count; i++)
            {
                if (origins[i] is not null)
                    continue;
                for (var step = 0; step < before.Count; step++)
                {
                    // The item's own place comes first, so that equal items stay where they are.
                    var at = (i + step) % before.Count;
                    if (taken[at] || !isSame(before[at], after[i], at == i))
                        continue;
                    (origins[i], taken[at]) = (at, true);
                    break;
                }
            }
        }
    }

    private static string? NameOf(JsonNode? item) =>
        item is JsonObject members && members["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;
}
