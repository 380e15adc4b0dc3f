using System.Globalization;
using System.Text.Json.Nodes;

namespace OperatorKit.Testing.Conversions;

/// <summary>Makes values by a structural schema. Patterns and CEL rules are not kept to: a conversion has no need of them.</summary>
internal sealed class RandomValue(Random random)
{
    private static readonly string[] Words = ["a", "web", "Grün", "two words", "quote\"s", "line\nbreak", "", "😀"];

    public int Number(int below) => random.Next(below);

    public bool Happens(double chance) => random.NextDouble() < chance;

    public string Word() => Words[random.Next(Words.Length)];

    public JsonNode? Of(JsonObject schema)
    {
        if (schema["enum"] is JsonArray { Count: > 0 } values)
            return values[random.Next(values.Count)]?.DeepClone();
        if ((bool?)schema["nullable"] == true && Happens(0.1))
            return null;
        if ((bool?)schema["x-kubernetes-int-or-string"] == true)
            return Happens(0.5) ? JsonValue.Create(random.Next(65536)) : JsonValue.Create((string?)schema["pattern"] is null ? "25%" : "500m");
        return (string?)schema["type"] switch
        {
            "object" => Object(schema),
            "array" => Array(schema),
            "string" => Text(schema),
            "integer" => Integer(schema),
            "number" => random.Next(-1000, 1000) / 8.0,
            "boolean" => Happens(0.5),
            _ => new JsonObject { ["any"] = Word() },
        };
    }

    private JsonObject Object(JsonObject schema)
    {
        var result = new JsonObject();
        if (schema["additionalProperties"] is JsonObject item)
        {
            for (var i = Count(schema, "minProperties", "maxProperties"); i > 0; i--)
                result[string.Create(CultureInfo.InvariantCulture, $"key-{i}")] = Of(item);
            return result;
        }

        var properties = schema["properties"] as JsonObject ?? [];
        var required = (schema["required"] as JsonArray ?? []).Select(static name => (string)name!).ToHashSet();
        var only = UnionCase(schema, properties);
        foreach (var (name, member) in properties)
        {
            if (only is not null ? name == only : required.Contains(name) || Happens(0.7))
                result[name] = Of(member!.AsObject());
        }

        return result;
    }

    /// <summary>Of an object whose rule allows exactly one of its members, one of them; null for any other.</summary>
    private string? UnionCase(JsonObject schema, JsonObject properties)
    {
        var rules = (schema["x-kubernetes-validations"] as JsonArray ?? []).Select(static rule => (string?)rule!["rule"] ?? "");
        return properties.Count > 0 && rules.Any(rule => rule.EndsWith("== 1", StringComparison.Ordinal) && properties.All(p => rule.Contains($"has(self.{p.Key})", StringComparison.Ordinal)))
            ? properties.ElementAt(random.Next(properties.Count)).Key
            : null;
    }

    private JsonArray Array(JsonObject schema)
    {
        var keys = (schema["x-kubernetes-list-map-keys"] as JsonArray ?? []).Select(static key => (string)key!).ToList();
        var isSet = (string?)schema["x-kubernetes-list-type"] == "set";
        var (result, seen) = (new JsonArray(), new HashSet<string>());
        for (var i = Count(schema, "minItems", "maxItems"); i > 0; i--)
        {
            var item = Of(schema["items"]!.AsObject());
            var identity = keys.Count > 0 ? string.Join('|', keys.Select(key => item![key]?.ToJsonString())) : item?.ToJsonString() ?? "";
            if ((keys.Count == 0 && !isSet) || seen.Add(identity))
                result.Add(item);
        }

        return result;
    }

    private JsonNode Text(JsonObject schema) => (string?)schema["format"] switch
    {
        "date-time" => DateTimeOffset.UnixEpoch.AddSeconds(random.Next()).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        "byte" => Convert.ToBase64String([1, 2, (byte)random.Next(256)]),
        "uri" => string.Create(CultureInfo.InvariantCulture, $"https://example.com/{random.Next(100)}"),
        "uuid" => new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString(),
        "duration" => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 60)}m0s"),
        _ => Padded(Word(), (int?)schema["minLength"] ?? 0, (int?)schema["maxLength"] ?? int.MaxValue),
    };

    private static string Padded(string text, int least, int most)
    {
        text = text.PadRight(least, 'x');
        return text.Length > most ? text[..most] : text;
    }

    private JsonNode Integer(JsonObject schema)
    {
        var isLong = (string?)schema["format"] == "int64";
        var least = (long?)schema["minimum"] ?? (isLong ? long.MinValue : int.MinValue);
        var most = (long?)schema["maximum"] ?? (isLong ? long.MaxValue : int.MaxValue);
        return random.Next(4) switch
        {
            0 => least,
            1 => most,
            _ => Math.Clamp(random.Next(100), least, most),
        };
    }

    private int Count(JsonObject schema, string least, string most)
    {
        var min = (int?)schema[least] ?? 0;
        return Math.Min(random.Next(min, min + 4), (int?)schema[most] ?? int.MaxValue);
    }
}
