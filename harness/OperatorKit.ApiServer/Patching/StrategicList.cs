using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Patching;

/// <summary>
/// Lists in a strategic merge patch. Elements of the patch come in the patch's order, the server's others keep theirs, and the
/// two interleave by where they stood on the server.
/// </summary>
internal static class StrategicList
{
    public static JsonArray Merge(JsonArray original, JsonArray patch, StructuralSchema? schema)
    {
        var strategy = PatchStrategy.Of(schema);
        if (!strategy.Merges)
            return patch;
        if (original.Count == 0 && patch.Count == 0)
            return original;
        var (merged, remaining, kept) = MergeElements(original, patch, schema, strategy);
        return Arrange(merged, remaining, kept, KeyOf(strategy, original, patch));
    }

    /// <summary>Merges (where both are there) and then orders by <c>$setElementOrder</c>.</summary>
    public static JsonArray MergeInOrder(JsonArray? original, JsonArray? patch, JsonArray order, StructuralSchema? schema)
    {
        var strategy = PatchStrategy.Of(schema);
        var key = KeyOf(strategy, original ?? JsonArray.Empty, patch ?? JsonArray.Empty);
        if (patch is not null)
            RequireOrder(patch, order, key);
        var merged = (original, patch) switch
        {
            (null, null) => JsonArray.Empty,
            (null, _) => (JsonArray)PatchDirective.Strip(patch, dropNulls: false)!,
            (_, null) => original,
            _ => Merge(original, patch, schema),
        };
        return Arrange([.. merged.Items], order, original ?? JsonArray.Empty, key);
    }

    private static (List<JsonValue> Merged, JsonArray Patch, JsonArray Original) MergeElements(JsonArray original, JsonArray patch, StructuralSchema? schema, PatchStrategy strategy)
    {
        RequireSameKind(original, patch);
        if (original.Concat(patch).First() is not JsonObject)
            return ([.. original.Concat(patch).Distinct()], patch, original);
        if (strategy.MergeKey is not { } key)
            throw new PatchException(PatchFailure.Unsupported, $"cannot merge lists without merge key for {schema?.Items?.Reference?.Name ?? "this field"}");

        (original, patch) = ApplyElementDirectives(original, patch, key);
        var merged = original.Items.ToList();
        foreach (var element in patch.Items.Cast<JsonObject>())
        {
            var index = IndexOf(merged, Required(element, key), key);
            if (index >= 0)
                merged[index] = StrategicMergePatch.Merge((JsonObject)merged[index], element, schema?.Items?.Resolved);
            else
                merged.Add(PatchDirective.Strip(element, dropNulls: false)!);
        }

        return (merged, patch, original);
    }

    private static (JsonArray Original, JsonArray Patch) ApplyElementDirectives(JsonArray original, JsonArray patch, string key)
    {
        var replace = false;
        var data = new List<JsonValue>();
        foreach (var element in patch.Items.Cast<JsonObject>())
        {
            switch (element[PatchDirective.Patch])
            {
                case null:
                    data.Add(element);
                    break;
                case JsonString { Value: PatchDirective.Delete }:
                    var gone = Required(element, key);
                    original = JsonArray.Of(original.Items.Where(item => !gone.Equals(((JsonObject)item)[key])));
                    break;
                case JsonString { Value: PatchDirective.Replace }:
                    replace = true;
                    break;
                case JsonString { Value: PatchDirective.Merge }:
                    throw new PatchException(PatchFailure.Unsupported, "merging lists cannot yet be specified in the patch");
                case { } other:
                    throw PatchDirective.Unknown(other, element);
            }
        }

        return replace ? (JsonArray.Of(data), JsonArray.Empty) : (original, JsonArray.Of(data));
    }

    private static JsonArray Arrange(List<JsonValue> merged, JsonArray patchOrder, JsonArray serverOrder, Func<JsonValue, JsonValue> key)
    {
        var patched = Positions(patchOrder, key);
        var server = Positions(serverOrder, key);
        var fromPatch = merged.Where(item => patched.ContainsKey(key(item))).OrderBy(item => patched[key(item)]).ToList();
        var fromServer = merged.Where(item => !patched.ContainsKey(key(item))).OrderBy(item => server.GetValueOrDefault(key(item), int.MaxValue)).ToList();

        var result = new List<JsonValue>(merged.Count);
        var next = 0;
        foreach (var item in fromPatch)
        {
            while (next < fromServer.Count && StandsBefore(fromServer[next], item))
                result.Add(fromServer[next++]);
            result.Add(item);
        }

        result.AddRange(fromServer.Skip(next));
        return JsonArray.Of(result);

        bool StandsBefore(JsonValue left, JsonValue right) =>
            server.TryGetValue(key(left), out var l) && server.TryGetValue(key(right), out var r) && l < r;
    }

    private static Dictionary<JsonValue, int> Positions(JsonArray order, Func<JsonValue, JsonValue> key)
    {
        var positions = new Dictionary<JsonValue, int>();
        for (var i = 0; i < order.Count; i++)
            positions.TryAdd(key(order[i]), i);
        return positions;
    }

    private static void RequireOrder(JsonArray patch, JsonArray order, Func<JsonValue, JsonValue> key)
    {
        if (order.Count == 0)
            return;
        var next = 0;
        foreach (var element in patch)
        {
            if (element is JsonObject obj && obj.ContainsKey(PatchDirective.Patch))
                continue;
            while (next < order.Count && !key(order[next]).Equals(key(element)))
                next++;
            if (next++ >= order.Count)
                throw new PatchException(PatchFailure.Unsupported, $"The order in patch list:\n{GoText.Of(patch)}\n doesn't match $setElementOrder list:\n{GoText.Of(order)}\n");
        }
    }

    private static void RequireSameKind(JsonArray original, JsonArray patch)
    {
        var elements = original.Concat(patch).ToList();
        if (elements[0] is JsonArray)
            throw new PatchException(PatchFailure.Unprocessable, "lists of lists are not supported");
        if (elements.Any(element => element.Kind != elements[0].Kind))
            throw new PatchException(PatchFailure.Unsupported, $"list element types are not identical: [{GoText.Of(original)} {GoText.Of(patch)}]");
    }

    private static Func<JsonValue, JsonValue> KeyOf(PatchStrategy strategy, JsonArray original, JsonArray patch)
    {
        if (strategy.MergeKey is not { } key || original.Concat(patch).FirstOrDefault() is not JsonObject)
            return static item => item;
        return item => item is JsonObject obj
            ? Required(obj, key)
            : throw new PatchException(PatchFailure.Unsupported, $"expected a map[string]interface {{}}, but received a {GoText.KindOf(item)}");
    }

    private static JsonValue Required(JsonObject element, string key) =>
        element[key] ?? throw new PatchException(PatchFailure.Unsupported, $"map: {GoText.Of(element)} does not contain declared merge key: {key}");

    private static int IndexOf(List<JsonValue> items, JsonValue value, string key) => items.FindIndex(item => value.Equals(((JsonObject)item)[key]));
}
