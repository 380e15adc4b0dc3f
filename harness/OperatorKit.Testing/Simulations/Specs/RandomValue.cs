using System.Text.RegularExpressions;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.Testing.Simulations.Specs;

/// <summary>
/// Makes values that fit a schema. What a schema says in a language of its own (CEL, oneOf, most patterns) is not understood here:
/// the server has the last word, and is asked.
/// </summary>
internal sealed class RandomValue(Random random)
{
    private const int MostItems = 3;
    private const int Deepest = 8;

    private static readonly string[] Words = ["a", "b", "blue", "green", "one", "two", "x1", "y2"];

    private static readonly string[] Samples =
        ["a", "abc", "a-1", "a.b", "A", "1", "10", "100m", "1Gi", "5s", "1m30s", "1.2.3", "v1.2.3", "example.com", "10.0.0.1", "10.0.0.0/24", "http://example.com/", "https://example.com/a", "a/b", "a@example.com", "0 0 * * *", "*/5 * * * *"];

    /// <summary>A value, or null where none could be thought of.</summary>
    public JsonValue? Make(JsonObject schema, int depth = 0)
    {
        if (schema.ArrayAt("enum") is { Count: > 0 } choices)
            return choices[random.Next(choices.Count)];
        if (schema.BoolAt("x-kubernetes-int-or-string") == true)
            return Matching(schema) ?? Integer(schema);
        return schema.StringAt("type") switch
        {
            "object" => depth > Deepest ? JsonObject.Empty : Object(schema, depth),
            "array" => Array(schema, depth),
            "string" => Text(schema),
            "integer" => Integer(schema),
            "number" => Integer(schema),
            "boolean" => random.Next(2) == 0,
            _ => JsonObject.Empty,
        };
    }

    private JsonValue? Object(JsonObject schema, int depth)
    {
        var required = schema.ArrayAt("required")?.Items.OfType<JsonString>().Select(static name => name.Value).ToHashSet(StringComparer.Ordinal) ?? [];
        var made = JsonObject.Empty;
        foreach (var (name, member) in schema.ObjectAt("properties") ?? JsonObject.Empty)
        {
            var isRequired = required.Contains(name);
            if (!isRequired && random.Next(3) == 0)
                continue;
            var value = Make((JsonObject)member, depth + 1);
            if (value is not null)
                made = made.With(name, value);
            else if (isRequired)
                return null;
        }

        if (schema.ObjectAt("additionalProperties") is { } additional)
        {
            for (var count = random.Next(MostItems); count > 0; count--)
            {
                if (Make(additional, depth + 1) is { } value)
                    made = made.With(Words[random.Next(Words.Length)], value);
            }
        }

        return made;
    }

    private JsonArray? Array(JsonObject schema, int depth)
    {
        var least = (int)(schema.LongAt("minItems") ?? 0);
        var most = (int)Math.Min(schema.LongAt("maxItems") ?? long.MaxValue, least + MostItems);
        var wanted = random.Next(least, most + 1);
        var keys = schema.ArrayAt("x-kubernetes-list-map-keys")?.Items.OfType<JsonString>().Select(static key => key.Value).ToArray();
        List<JsonValue> items = [];
        for (var tries = 0; items.Count < wanted && tries < 10 * MostItems; tries++)
        {
            if (Make(schema.ObjectAt("items") ?? JsonObject.Empty, depth + 1) is { } item && !items.Exists(known => IsSame(known, item)))
                items.Add(item);
        }

        return items.Count < least ? null : JsonArray.Of(items);

        bool IsSame(JsonValue left, JsonValue right) => keys is null
            ? schema.StringAt("x-kubernetes-list-type") == "set" && left.Equals(right)
            : keys.All(key => Equals((left as JsonObject)?[key], (right as JsonObject)?[key]));
    }

    private JsonValue? Text(JsonObject schema)
    {
        if (Matching(schema) is { } sample)
            return sample;
        if (schema.StringAt("pattern") is not null)
            return null;
        var least = (int)(schema.LongAt("minLength") ?? 0);
        var most = (int)(schema.LongAt("maxLength") ?? 63);
        var word = schema.StringAt("format") switch
        {
            "date-time" => $"2030-01-{random.Next(1, 28):00}T00:00:00Z",
            "date" => $"2030-01-{random.Next(1, 28):00}",
            "duration" => $"{random.Next(1, 60)}s",
            "uuid" => $"00000000-0000-4000-8000-{random.Next(1000000):000000000000}",
            "ipv4" => $"10.0.0.{random.Next(1, 250)}",
            "uri" => $"https://{Words[random.Next(Words.Length)]}.example.com/",
            "byte" => Convert.ToBase64String([(byte)random.Next(256)]),
            _ => Words[random.Next(Words.Length)],
        };
        return word.PadRight(least, 'z')[..Math.Min(Math.Max(word.Length, least), most)];
    }

    /// <summary>A sample that the pattern of a string allows.</summary>
    private JsonValue? Matching(JsonObject schema)
    {
        if (schema.StringAt("pattern") is not { } pattern)
            return null;
        var fitting = Samples.Append(schema.StringAt("default") ?? "a").Where(sample => Regex.IsMatch(sample, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))).ToList();
        return fitting.Count == 0 ? null : JsonValue.From(fitting[random.Next(fitting.Count)]);
    }

    /// <summary>A small number: a thousand replicas show nothing that three do not.</summary>
    private JsonNumber Integer(JsonObject schema)
    {
        var least = Bound(schema, "minimum", "exclusiveMinimum", 1) ?? 0;
        var most = Math.Min(Bound(schema, "maximum", "exclusiveMaximum", -1) ?? long.MaxValue, least + 3);
        var step = Math.Max(1, schema.LongAt("multipleOf") ?? 1);
        var first = (least + step - 1) / step;
        var last = Math.Max(first, schema.ContainsKey("multipleOf") ? first + 3 : most / step);
        return (JsonNumber)JsonValue.From(step * random.NextInt64(first, last + 1));
    }

    private static long? Bound(JsonObject schema, string name, string exclusive, int inwards)
    {
        if ((schema[name] as JsonNumber)?.AsDouble() is not { } bound)
            return null;
        var whole = (long)(inwards > 0 ? Math.Ceiling(bound) : Math.Floor(bound));
        return schema.BoolAt(exclusive) == true && whole == bound ? whole + inwards : whole;
    }
}
