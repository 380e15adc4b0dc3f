using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.Models.Tests.CustomResources;

/// <summary>The JSON of a user's records, written in many ways that say the same.</summary>
public class WarehouseNoiseTests
{
    private const int Rounds = 500;
    private const string Damage = "{}[]\",:0-+eE \\u\ud800\u0001tfn";

    /// <summary>Where members of any name are kept.</summary>
    private static readonly string[] Maps = ["$.spec.labels", "$.spec.corners", "$.spec.power.limits"];

    /// <summary>Where everything is kept as it was written.</summary>
    private static readonly string[] FreeForm = ["$.spec.extra", "$.spec.free"];

    private static readonly string[] Strings = ["", "é😀日本", "\"\\/\b\f\n\r\t\0", "\u2028\uFEFF", new('y', 500), "null"];
    private static readonly long[] Longs = [0, -1, long.MaxValue, long.MinValue, 9007199254740993];
    private static readonly string[] Quantities = ["0", "1n", "-100m", "1536Mi", "9223372036854775807"];

    // A TimeSpan counts in steps of 100 ns.
    private static readonly string[] Durations = ["0s", "100ns", "1m30s", "2562047h47m16.8547758s", "-5ms"];

    [Fact]
    public void What_is_read_and_written_back_is_the_same_however_it_was_written()
    {
        var random = new Random(9);
        for (var round = 0; round < Rounds; round++)
        {
            var given = Vary(JsonNode.Parse(WarehouseTests.Full)!, random);
            var written = Json.Write(Json.Read<Warehouse>(Noisy(given, "$", random)));
            JsonNode.DeepEquals(JsonNode.Parse(written), given).ShouldBeTrue($"{given.ToJsonString()}\n{written}");
        }
    }

    /// <summary>Text that breaks off or is damaged is an error with a place and no crash, or was still JSON.</summary>
    [Fact]
    public void Damaged_text_is_an_error_that_tells_where()
    {
        var random = new Random(10);
        for (var round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder(WarehouseTests.Full);
            var at = random.Next(text.Length);
            if (random.Next(2) == 0)
                text.Length = at;
            else
                text[at] = Damage[random.Next(Damage.Length)];
            try
            {
                Json.Write(Json.Read<Warehouse>(text.ToString())).ShouldNotBeEmpty();
            }
            catch (JsonException exception)
            {
                exception.Message.ShouldStartWith("$");
            }
            catch (ShouldAssertException)
            {
                // The object is whole, and something else follows it.
            }
        }
    }

    private static JsonNode Vary(JsonNode warehouse, Random random)
    {
        var spec = warehouse["spec"]!.AsObject();
        spec["name"] = Strings[random.Next(Strings.Length)];
        spec["volume"] = Longs[random.Next(Longs.Length)];
        spec["basements"] = random.Next(2) == 0 ? int.MinValue : int.MaxValue;
        spec["capacity"] = Quantities[random.Next(Quantities.Length)];
        spec["patrol"] = Durations[random.Next(Durations.Length)];
        spec["door"] = random.Next(2) == 0 ? JsonValue.Create(random.Next()) : JsonValue.Create(Strings[random.Next(Strings.Length)]);
        spec["labels"]!.AsObject()[Strings[random.Next(Strings.Length)]] = "v";
        foreach (var optional in new[] { "note", "night", "opened", "inspected", "seal", "site", "deed", "extra", "free", "aliases", "rooms", "keys", "grid", "power" })
        {
            if (random.Next(5) == 0)
                spec.Remove(optional);
        }

        return warehouse;
    }

    private static string Noisy(JsonNode? node, string path, Random random) => node switch
    {
        JsonObject members => Noisy(members, path, random),
        JsonArray items => "[" + string.Join(" ,\n", items.Select((item, i) => Noisy(item, $"{path}[]", random))) + "]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quoted(value.GetValue<string>(), random),
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string Noisy(JsonObject members, string path, Random random)
    {
        if (FreeForm.Any(f => path.StartsWith(f, StringComparison.Ordinal)))
            return members.ToJsonString();
        var texts = members.Select(m => $"{Quoted(m.Key, random)}:{Noisy(m.Value, $"{path}.{m.Key}", random)}").ToArray();
        random.Shuffle(texts);
        var all = new List<string>();
        foreach (var text in texts)
        {
            if (random.Next(6) == 0)
                all.Add(text);
            if (!Maps.Contains(path) && random.Next(6) == 0)
                all.Add("\"x-unknown\":[{\"a\":null},[]]");
            all.Add(text);
        }

        return "{" + string.Join(",", all) + "}";
    }

    private static string Quoted(string text, Random random) => random.Next(2) == 0
        ? JsonSerializer.Serialize(text)
        : "\"" + string.Concat(text.Select(c => $"\\u{(int)c:X4}")) + "\"";
}
