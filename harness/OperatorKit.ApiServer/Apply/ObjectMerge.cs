using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>Lays an applied configuration over the live object.</summary>
internal static class ObjectMerge
{
    /// <exception cref="MergeTypeException">An item of a set or keyed list cannot be told from others.</exception>
    public static JsonObject Of(JsonObject live, JsonObject config, MergeType type) => Merge(live, config, type) as JsonObject ?? JsonObject.Empty;

    /// <summary>Null where both sides together hold nothing.</summary>
    private static JsonValue? Merge(JsonValue? live, JsonValue? config, MergeType type)
    {
        switch (type.ShapeOf(config ?? live!))
        {
            case MergeShape.Map:
                var (members, changes) = (live as JsonObject, config as JsonObject);
                return type.IsAtomicMap || members is null or { Count: 0 } && changes is null or { Count: 0 } ? config ?? live : Members(members, changes, type);
            case MergeShape.List:
                var (items, entries) = (live as JsonArray, config as JsonArray);
                return type.ListType == SchemaListType.Atomic || items is null or { Count: 0 } && entries is null or { Count: 0 } ? config ?? live : Items(items, entries, type);
            default:
                return config ?? live;
        }
    }

    private static JsonObject? Members(JsonObject? live, JsonObject? config, MergeType type)
    {
        var merged = new JsonObject.Builder((live?.Count ?? 0) + 4);
        foreach (var (name, value) in live ?? JsonObject.Empty)
            merged[name] = config?[name] is { } change ? Merge(value, change, type.Field(name) ?? MergeType.Deduced) : value;
        foreach (var (name, value) in config ?? JsonObject.Empty)
        {
            if (live?.ContainsKey(name) != true)
                merged[name] = Merge(null, value, type.Field(name) ?? MergeType.Deduced);
        }

        return merged.Count > 0 ? merged.Build() : null;
    }

    /// <summary>
    /// Items that the configuration names come in its order; live items that it does not name keep their place before the next
    /// shared item that follows them.
    /// </summary>
    private static JsonArray? Items(JsonArray? live, JsonArray? config, MergeType type)
    {
        var old = ListItems.Keyed(type, live);
        var next = ListItems.Keyed(type, config);
        var liveByElement = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (element, item) in old)
        {
            // Live items that share a key are not merged with the new one.
            if (!liveByElement.TryAdd(element, item))
                liveByElement[element] = JsonValue.Null;
        }

        var named = next.Select(static keyed => keyed.Element).ToHashSet(StringComparer.Ordinal);
        var shared = new Queue<string>(next.Select(static keyed => keyed.Element).Where(liveByElement.ContainsKey));
        var merged = new List<JsonValue>(Math.Max(old.Count, next.Count));
        var done = new HashSet<string>(StringComparer.Ordinal);
        var (l, n) = (0, 0);
        while (l < old.Count || n < next.Count)
        {
            if (l < old.Count && n < next.Count)
            {
                var element = old[l].Element;
                if (element == next[n].Element)
                {
                    TakeNext();
                    l++;
                    continue;
                }

                if (named.Contains(element) && shared.TryPeek(out var expected) && expected != element)
                {
                    l++;
                    continue;
                }
            }

            if (l < old.Count)
            {
                if (!named.Contains(old[l].Element))
                {
                    Take(Merge(old[l].Item, null, type.Element!));
                    l++;
                    continue;
                }

                if (done.Contains(old[l].Element))
                    l++;
            }

            if (n < next.Count)
                TakeNext();
        }

        return merged.Count > 0 ? JsonArray.Of(merged) : null;

        void TakeNext()
        {
            var (element, item) = next[n++];
            done.Add(element);
            Take(Merge(liveByElement.GetValueOrDefault(element), item, type.Element!));
            if (shared.TryPeek(out var expected) && expected == element)
                shared.Dequeue();
        }

        void Take(JsonValue? item)
        {
            if (item is not null)
                merged.Add(item);
        }
    }
}
