using OperatorKit.ApiServer.Json;

namespace OperatorKit.Testing.Simulations.Specs;

/// <summary>Finds what the operator has set in an object, and changes it as a careless user would.</summary>
internal static class OwnedFields
{
    /// <summary>A merge patch that changes one field that one of the managers has applied; null where there is none to change.</summary>
    public static JsonObject? Edit(JsonObject value, IEnumerable<string> managers, Random random)
    {
        var names = managers.ToHashSet(StringComparer.Ordinal);
        List<string[]> paths = [];
        foreach (var entry in (value.ArrayAt("metadata", "managedFields") ?? JsonArray.Empty).Items.OfType<JsonObject>())
        {
            if (names.Contains(entry.StringAt("manager") ?? "") && entry.StringAt("operation") == "Apply" && entry.StringAt("subresource") is null or "")
                Collect(entry.ObjectAt("fieldsV1") ?? JsonObject.Empty, value, [], paths);
        }

        if (paths.Count == 0)
            return null;
        var path = paths[random.Next(paths.Count)];
        JsonValue changed = value.At(path) switch
        {
            JsonNumber number when number.TryGetInt64(out var whole) => whole + 1,
            JsonBool flag => !flag.Value,
            JsonString text => text.Value + "-edited",
            _ => JsonValue.Null,
        };
        return (JsonObject)path.Reverse().Aggregate(changed, static (inner, name) => JsonObject.Of((name, inner)));
    }

    /// <summary>
    /// An object with only those of its fields that the managers have applied, and its metadata; whole where they have applied none.
    /// What the server has filled in depends on what was there before, as <c>imagePullPolicy</c> does on the first image.
    /// </summary>
    public static JsonObject Only(JsonObject value, IEnumerable<string> managers)
    {
        var names = managers.ToHashSet(StringComparer.Ordinal);
        var applied = (value.ArrayAt("metadata", "managedFields") ?? JsonArray.Empty).Items.OfType<JsonObject>()
            .Where(entry => names.Contains(entry.StringAt("manager") ?? "") && entry.StringAt("operation") == "Apply" && entry.StringAt("subresource") is null or "")
            .Select(static entry => entry.ObjectAt("fieldsV1") ?? JsonObject.Empty)
            .ToList();
        if (applied.Count == 0)
            return value;
        var only = JsonObject.Of(("metadata", value["metadata"]!));
        foreach (var (name, inner) in applied.SelectMany(static fields => fields.Keys.Select(key => (key, fields[key]!))))
        {
            if (name != "f:metadata" && value[name[2..]] is { } member)
                only = only.With(name[2..], Restrict(member, (JsonObject)inner));
        }

        return only;
    }

    private static JsonValue Restrict(JsonValue value, JsonObject fields)
    {
        switch (value)
        {
            case JsonObject members when fields.Keys.Any(static key => key.StartsWith("f:", StringComparison.Ordinal)):
                var kept = JsonObject.Empty;
                foreach (var (key, inner) in fields)
                {
                    if (key.StartsWith("f:", StringComparison.Ordinal) && members[key[2..]] is { } member)
                        kept = kept.With(key[2..], Restrict(member, (JsonObject)inner));
                }

                return kept;
            case JsonArray items when fields.Keys.Any(static key => key.StartsWith("k:", StringComparison.Ordinal)):
                return JsonArray.Of(items.Items.OfType<JsonObject>().SelectMany(item => Entry(item, fields) is { } inner ? [Restrict(item, inner)] : Array.Empty<JsonValue>()));
            default:
                return value;
        }
    }

    /// <summary>What is owned of an item of a list that has keys; null for an item of others.</summary>
    private static JsonObject? Entry(JsonObject item, JsonObject fields)
    {
        foreach (var (key, inner) in fields)
        {
            if (key.StartsWith("k:", StringComparison.Ordinal) && JsonParser.Parse(key[2..]).Value is JsonObject keys && keys.Keys.All(name => keys[name]!.Equals(item[name])))
                return (JsonObject)inner;
        }

        return null;
    }

    private static void Collect(JsonObject fields, JsonObject value, string[] path, List<string[]> found)
    {
        foreach (var (key, inner) in fields)
        {
            if (!key.StartsWith("f:", StringComparison.Ordinal))
                continue;
            var name = key[2..];
            if (path.Length == 0 && name == "metadata")
                continue;
            switch (value[name])
            {
                case JsonObject member when inner is JsonObject { Count: > 0 } nested:
                    Collect(nested, member, [.. path, name], found);
                    break;
                case JsonNumber or JsonBool or JsonString:
                    found.Add([.. path, name]);
                    break;
            }
        }
    }
}
