using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Patching;

/// <summary>
/// Strategic merge patch for built-in kinds: a merge patch in which lists merge by the key and strategy of the schema and
/// directives (<c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/…</c>, <c>$deleteFromPrimitiveList/…</c>) say the rest.
/// </summary>
internal static class StrategicMergePatch
{
    private const string BadSetElementOrder = "invalid patch format of setElementOrder list";
    private const string BadPrimitiveList = "invalid patch format of primitive list";
    private const string BadRetainKeys = "invalid patch format of retainKeys";

    /// <exception cref="PatchException">The patch is not an object, a directive is wrong, or a list element lacks its merge key.</exception>
    public static JsonObject Apply(JsonObject document, JsonValue patch, StructuralSchema schema) => patch switch
    {
        JsonObject changes => Merge(document, changes, schema.Resolved),
        JsonNull => document,
        _ => throw new PatchException(PatchFailure.Malformed, $"json: cannot unmarshal {GoText.KindOf(patch)} into Go value of type map[string]interface {{}}"),
    };

    internal static JsonObject Merge(JsonObject original, JsonObject patch, StructuralSchema? schema)
    {
        if (patch[PatchDirective.Patch] is { } directive)
            return ApplyDirective(directive, patch);

        var merged = (patch[PatchDirective.RetainKeys] is { } keys ? Retain(original, patch, keys) : original).ToBuilder();
        var ordered = MergeOrderedLists(merged, patch, schema);
        foreach (var (key, value) in patch)
        {
            if (key == PatchDirective.RetainKeys || key.StartsWith(PatchDirective.SetElementOrder, StringComparison.Ordinal) || ordered.Contains(key))
                continue;
            if (key.StartsWith(PatchDirective.DeleteFromPrimitiveList, StringComparison.Ordinal))
                DeleteFromPrimitiveList(merged, FieldOf(key, BadPrimitiveList), value);
            else
                merged[key] = MergeMember(merged[key], value, Member(schema, key));
        }

        return merged.Build();
    }

    private static JsonValue? MergeMember(JsonValue? original, JsonValue patch, StructuralSchema? schema)
    {
        switch (original, patch)
        {
            case (_, JsonNull):
                return null;
            case (JsonObject current, JsonObject changes):
                return PatchStrategy.Of(schema).Replaces ? changes : Merge(current, changes, schema?.Resolved);
            case (JsonArray current, JsonArray changes):
                return StrategicList.Merge(current, changes, schema);
            default:
                return PatchDirective.Strip(patch, dropNulls: true);
        }
    }

    private static JsonObject ApplyDirective(JsonValue directive, JsonObject patch) => (directive as JsonString)?.Value switch
    {
        PatchDirective.Replace => patch.Without(PatchDirective.Patch),
        PatchDirective.Delete => JsonObject.Empty,
        _ => throw PatchDirective.Unknown(directive, patch),
    };

    private static JsonObject Retain(JsonObject original, JsonObject patch, JsonValue keys)
    {
        if (keys is not JsonArray list)
            throw new PatchException(PatchFailure.Malformed, BadRetainKeys);
        var retained = list.Items.OfType<JsonString>().Select(static key => key.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in patch)
        {
            if (value is not JsonNull && !PatchDirective.IsDirective(key) && !retained.Contains(key))
                throw new PatchException(PatchFailure.Malformed, BadRetainKeys);
        }

        var kept = new JsonObject.Builder(original.Count);
        foreach (var (key, value) in original)
            kept[key] = retained.Contains(key) ? value : null;
        return kept.Build();
    }

    /// <summary>Merges the lists whose order the patch sets, and names them so that they are not merged again.</summary>
    private static HashSet<string> MergeOrderedLists(JsonObject.Builder merged, JsonObject patch, StructuralSchema? schema)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in patch)
        {
            if (!key.StartsWith(PatchDirective.SetElementOrder, StringComparison.Ordinal))
                continue;
            var field = FieldOf(key, BadSetElementOrder);
            if (value is not JsonArray order)
                throw NotAList(value);
            var changes = patch[field];
            if (merged[field] is null && changes is null || changes is JsonNull)
                continue;
            if (changes is not (null or JsonArray))
                throw NotAList(changes);
            if (merged[field] is { } current and not JsonArray)
                throw NotAList(current);
            merged[field] = StrategicList.MergeInOrder(merged[field] as JsonArray, changes as JsonArray, order, Member(schema, field));
            done.Add(field);
        }

        return done;
    }

    private static void DeleteFromPrimitiveList(JsonObject.Builder merged, string field, JsonValue toDelete)
    {
        if (merged[field] is not JsonArray current || toDelete is not JsonArray gone)
            return;
        merged[field] = JsonArray.Of(current.Items.Where(item => !gone.Items.Contains(item)));
    }

    private static PatchException NotAList(JsonValue value) => new(PatchFailure.Unsupported, $"expected a []interface {{}}, but received a {GoText.TypeOf(value)}");

    private static string FieldOf(string key, string error)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 ? key[(slash + 1)..] : throw new PatchException(PatchFailure.Malformed, error);
    }

    private static StructuralSchema? Member(StructuralSchema? schema, string name) => schema?.Property(name)?.Schema ?? schema?.AdditionalProperties;
}
