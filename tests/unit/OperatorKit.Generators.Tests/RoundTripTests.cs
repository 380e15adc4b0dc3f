using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kitchen;
using OperatorKit.Generated;

namespace OperatorKit.Generators.Tests;

/// <summary>The emitted JSON, on the record that has everything.</summary>
public sealed class RoundTripTests
{
    private const string Full = """
        {
          "apiVersion": "kitchen.example.com/v1beta1", "kind": "KitchenSink",
          "metadata": { "name": "one", "namespace": "default" },
          "spec": {
            "name": "n", "small": 10, "large": 95, "huge": -9223372036854775808, "unsigned": 0, "enabled": false, "mode": "Fast", "note": "abc",
            "link": "https://example.com/a?b=c", "identity": "0f8fad5b-d9cb-469f-a165-70867728950e", "secret": "AAEC", "since": "2026-01-02T03:04:05Z",
            "until": "2026-01-02T03:04:05Z", "day": "2026-02-01", "lastDay": "0001-12-31", "timeout": "250ms", "memory": "1Gi", "port": "http", "words": ["x"], "modes": ["slow-and-steady"],
            "numbers": [1, 2], "labels": { "k": "v" }, "groups": { "g": [{ "name": "e", "port": 81 }] }, "endpoints": [{ "name": "e", "port": 80 }],
            "limits": { "cpu": "1", "wait": "1h0m0s" }, "tuned": { "cpu": "2" }, "main": { "name": "m", "port": 1 }, "anything": [1, "a", null],
            "extra": { "a": { "b": 1 } }, "template": { "apiVersion": "v1", "kind": "Pod" }, "podMetadata": { "labels": { "a": "b" } },
            "selector": { "matchLabels": { "a": "b" } }, "mayBeNull": "no", "spelled-out": "yes", "old": "o",
            "source": { "git": { "retries": 1, "repository": "r", "branch": "b" } }, "fallback": { "http": { "retries": 3, "url": "u" } }
          },
          "status": { "observedGeneration": 3, "conditions": [], "ready": 2, "selector": "a=b", "lastSeen": "2026-01-02T03:04:05Z" }
        }
        """;

    [Fact]
    public void A_full_object_survives()
    {
        var written = Write(Read(Full));
        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(Full)).ShouldBeTrue(written);
    }

    [Theory]
    [InlineData("2026-1-31")]
    [InlineData("2026-02-30")]
    [InlineData("2026-01-31T00:00:00Z")]
    [InlineData("")]
    public void A_day_that_is_none_is_refused(string day)
        => Should.Throw<JsonException>(() => Read($$"""{ "spec": { "name": "n", "day": "{{day}}" } }""")).Message.ShouldContain("write it as 2026-01-31");

    [Fact]
    public void What_is_left_out_is_the_default()
    {
        var spec = Read("""{ "spec": { "name": "n", "unknown": [1, { "x": 2 }] } }""").Spec;
        spec.ShouldSatisfyAllConditions(
            () => spec.Small.ShouldBe((byte)2),
            () => spec.Mode.ShouldBe(Mode.SlowAndSteady),
            () => spec.Words.ShouldBe(["one", "two"]),
            () => spec.Limits.Cpu.ToString().ShouldBe("500m"),
            () => spec.Tuned.Cpu.ToString().ShouldBe("2"),
            () => spec.Timeout.ShouldBe(TimeSpan.FromMinutes(90)));
    }

    [Fact]
    public void The_schema_and_the_code_have_the_same_defaults()
    {
        var definition = JsonNode.Parse(KitchenSink.CustomResourceDefinitionJson.ToArray())!;
        var properties = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!["properties"]!.AsObject();
        var written = JsonNode.Parse(Write(Read("""{ "spec": { "name": "n" } }""")))!["spec"]!;
        foreach (var (name, schema) in properties.Where(static p => p.Value!["default"] is not null and not JsonObject))
            JsonNode.DeepEquals(schema!["default"], written[name]).ShouldBeTrue($"{name}: {schema["default"]} and {written[name]}");
    }

    [Fact]
    public void The_resolver_serves_the_serializer()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine(ResourceJsonResolver.Default) };
        var read = JsonSerializer.Deserialize<KitchenSink>(Full, options)!;
        read.Spec.Endpoints.ShouldHaveSingleItem().ShouldBe(new Endpoint("e"));
        JsonSerializer.Serialize(Mode.SlowAndSteady, options).ShouldBe("\"slow-and-steady\"");
    }

    [Fact]
    public void An_apply_record_writes_what_is_set_and_no_more()
    {
        var apply = new KitchenSinkApply("one")
        {
            Labels = new Dictionary<string, string> { ["a"] = "b" },
            Spec = new KitchenSinkSpecApply { Large = 5, Note = null, Limits = new LimitsApply { Cpu = new("1") } },
        };
        Encoding.UTF8.GetString(Written(apply.WriteJson)).ShouldBe(
            """{"apiVersion":"kitchen.example.com/v1beta1","kind":"KitchenSink","metadata":{"name":"one","labels":{"a":"b"}},"spec":{"large":5,"note":null,"limits":{"cpu":"1"}}}""");
    }

    [Fact]
    public void A_change_compares_by_content()
    {
        var change = new KitchenSinkChange(Read(Full), Read(Full.Replace("\"large\": 95", "\"large\": 90", StringComparison.Ordinal).Replace("[\"x\"]", "[\"y\"]", StringComparison.Ordinal)));
        change.ChangedMembers.ShouldBe(["large", "words"]);
        change.Large.Old.ShouldBe(95);
        change.Large.New.ShouldBe(90);
    }

    [Fact]
    public void A_union_is_one_of_its_cases()
    {
        Read(Full).Spec.Source.ShouldBeOfType<Source.Git>().Repository.ShouldBe("r");
        Should.Throw<JsonException>(() => Read("""{ "spec": { "name": "n", "source": { "ftp": {} } } }""")).Message.ShouldContain("none of git, http");
        var apply = new KitchenSinkApply("one") { Spec = new KitchenSinkSpecApply { Source = new SourceApply { Git = new SourceGitApply { Branch = "x" } } } };
        Encoding.UTF8.GetString(Written(apply.WriteJson)).ShouldContain("""{"source":{"git":{"branch":"x"}}}""");
    }

    [Fact]
    public void A_wrong_value_is_told_with_its_path()
    {
        Should.Throw<JsonException>(() => Read("""{ "spec": { "name": "n", "mode": "Sideways" } }""")).Message.ShouldContain("spec.mode");
    }

    private static KitchenSink Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        return KitchenSink.ReadJson(ref reader);
    }

    private static string Write(KitchenSink value) => Encoding.UTF8.GetString(Written(w => KitchenSink.WriteJson(w, value)));

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            write(writer);
        return stream.ToArray();
    }
}
