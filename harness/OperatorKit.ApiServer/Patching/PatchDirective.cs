using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Patching;

/// <summary>The words of a strategic merge patch that are not data.</summary>
internal static class PatchDirective
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string SetElementOrder = "$setElementOrder";
    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList";

    public const string Replace = "replace";
    public const string Delete = "delete";
    public const string Merge = "merge";

    public static bool IsDirective(string key) => key is Patch or RetainKeys
        || key.StartsWith(SetElementOrder, StringComparison.Ordinal)
        || key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal);

    /// <summary>
    /// New data without what a <c>$patch</c> makes a directive; null where that is the whole value. The other directives speak of what is
    /// already there: in new data they stay, for the decoding to find, as upstream.
    /// </summary>
    public static JsonValue? Strip(JsonValue value, bool dropNulls)
    {
        switch (value)
        {
            case JsonObject obj when obj.ContainsKey(Patch):
                return null;
            case JsonObject obj:
                var kept = new JsonObject.Builder(obj.Count);
                foreach (var (key, member) in obj)
                    kept[key] = dropNulls && member is JsonNull ? null : Strip(member, dropNulls);
                return kept.Build();
            case JsonArray array:
                return JsonArray.Of(array.Items.Select(item => Strip(item, dropNulls)).OfType<JsonValue>());
            default:
                return value;
        }
    }

    public static PatchException Unknown(JsonValue directive, JsonObject patch) =>
        new(PatchFailure.Unsupported, $"unknown patch type: {GoText.Of(directive)} in map: {GoText.Of(patch)}");
}
