using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Patching;

/// <summary>JSON merge patch (RFC 7386).</summary>
internal static class MergePatch
{
    /// <exception cref="PatchException">The patch is not an object.</exception>
    public static JsonObject Apply(JsonObject document, JsonValue patch) => patch is JsonObject changes
        ? Merge(document, changes)
        : throw new PatchException(PatchFailure.Malformed, patch is JsonNull ? "Invalid JSON Patch" : $"error decoding patch: json: cannot unmarshal {GoText.KindOf(patch)} into Go value of type map[string]interface {{}}");

    private static JsonObject Merge(JsonObject document, JsonObject patch)
    {
        var merged = document.ToBuilder();
        foreach (var (key, value) in patch)
        {
            merged[key] = (merged[key], value) switch
            {
                (_, JsonNull) => null,
                (JsonObject current, JsonObject changes) => Merge(current, changes),
                (JsonObject, _) => value,
                _ => WithoutNulls(value),
            };
        }

        return merged.Build();
    }

    private static JsonValue WithoutNulls(JsonValue value)
    {
        switch (value)
        {
            case JsonObject obj:
                var kept = new JsonObject.Builder(obj.Count);
                foreach (var (key, member) in obj)
                    kept[key] = member is JsonNull ? null : WithoutNulls(member);
                return kept.Build();
            case JsonArray array:
                return JsonArray.Of(array.Items.Select(WithoutNulls));
            default:
                return value;
        }
    }
}
