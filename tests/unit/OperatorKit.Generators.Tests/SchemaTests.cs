using OperatorKit.Generators.Tests.Compiling;
using YamlDotNet.Serialization;

namespace OperatorKit.Generators.Tests;

/// <summary>What a member becomes in the schema: the rows of the tables in docs/schemas.md.</summary>
public sealed class SchemaTests
{
    private const string Usings = """
        global using System.Collections.Immutable;
        global using System.ComponentModel;
        global using System.ComponentModel.DataAnnotations;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        global using System.Text.Json.Serialization;
        global using OperatorKit;
        global using OperatorKit.Models;
        """;

    /// <summary>The declaration of a member X, and its schema.</summary>
    public static TheoryData<string, string> Members => new()
    {
        { "public bool? X { get; init; }", "{type: boolean}" },
        { "public string? X { get; init; }", "{type: string}" },
        { "public sbyte? X { get; init; }", "{maximum: 127, minimum: -128, type: integer}" },
        { "public ushort? X { get; init; }", "{maximum: 65535, minimum: 0, type: integer}" },
        { "public int? X { get; init; }", "{format: int32, type: integer}" },
        { "public uint? X { get; init; }", "{format: int64, maximum: 4294967295, minimum: 0, type: integer}" },
        { "public long? X { get; init; }", "{format: int64, type: integer}" },
        { "public double? X { get; init; }", "{type: number}" },
        { "public byte[]? X { get; init; }", "{format: byte, type: string}" },
        { "public Uri? X { get; init; }", "{format: uri, type: string}" },
        { "public Guid? X { get; init; }", "{format: uuid, type: string}" },
        { "public DateTime? X { get; init; }", "{format: date-time, type: string}" },
        { "public DateTimeOffset? X { get; init; }", "{format: date-time, type: string}" },
        { "public DateOnly? X { get; init; }", "{format: date, type: string}" },
        { "public DateOnly X { get; init; } = new(2026, 2, 28);", "{default: 2026-02-28, format: date, type: string}" },
        { "public DateOnly X { get; init; } = DateOnly.ParseExact(\"2026-02-28\", \"O\");", "{default: 2026-02-28, format: date, type: string}" },
        { "public IntOrString? X { get; init; }", "{anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true}" },
        { "public JsonElement? X { get; init; }", "{x-kubernetes-preserve-unknown-fields: true}" },
        { "public JsonNode? X { get; init; }", "{x-kubernetes-preserve-unknown-fields: true}" },
        { "public JsonObject? X { get; init; }", "{type: object, x-kubernetes-preserve-unknown-fields: true}" },
        { "public string[]? X { get; init; }", "{items: {type: string}, type: array}" },
        { "public ImmutableArray<string>? X { get; init; }", "{items: {type: string}, type: array}" },
        { "public IReadOnlyList<string?>? X { get; init; }", "{items: {nullable: true, type: string}, type: array}" },
        { "public IReadOnlySet<string>? X { get; init; }", "{items: {type: string}, type: array, x-kubernetes-list-type: set}" },
        { "[Atomic] public IReadOnlyList<string>? X { get; init; }", "{items: {type: string}, type: array, x-kubernetes-list-type: atomic}" },
        { "public IReadOnlyDictionary<string, int>? X { get; init; }", "{additionalProperties: {format: int32, type: integer}, type: object}" },
        { "[Atomic] public IReadOnlyDictionary<string, string>? X { get; init; }", "{additionalProperties: {type: string}, type: object, x-kubernetes-map-type: atomic}" },
        { "public Mode? X { get; init; }", "{enum: [Fast, slow], type: string}" },
        { "public Keyed[]? X { get; init; }", "{items: {properties: {name: {type: string}}, required: [name], type: object}, type: array, x-kubernetes-list-map-keys: [name], x-kubernetes-list-type: map}" },
        { "public Inner? X { get; init; }", "{externalDocs: {url: https://example.com/inner}, properties: {y: {type: string}}, title: The inner one, type: object, x-kubernetes-map-type: atomic}" },
        { "public Open? X { get; init; }", "{type: object, x-kubernetes-preserve-unknown-fields: true}" },
        { "[PreserveUnknownFields] public Empty? X { get; init; }", "{type: object, x-kubernetes-preserve-unknown-fields: true}" },
        { "[EmbeddedResource] public JsonObject? X { get; init; }", "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}" },
        { "public V1ObjectMeta? X { get; init; }", "{properties: {annotations: {additionalProperties: {type: string}, type: object}, finalizers: {items: {type: string}, type: array}, labels: {additionalProperties: {type: string}, type: object}, name: {type: string}, namespace: {type: string}}, type: object}" },
        { "public V1ContainerPort? X { get; init; }", "{properties: {containerPort: {format: int32, type: integer}, hostIP: {type: string}, hostPort: {format: int32, type: integer}, name: {type: string}, protocol: {default: TCP, type: string}}, required: [containerPort], type: object}" },
        { "public V1LocalObjectReference? X { get; init; }", "{properties: {name: {default: , type: string}}, type: object, x-kubernetes-map-type: atomic}" },
        { "[NullableValue] public string? X { get; init; }", "{nullable: true, type: string}" },
        { "[Range(1, 5)] public int? X { get; init; }", "{format: int32, maximum: 5, minimum: 1, type: integer}" },
        { "[Range(0.5, 1.5, MinimumIsExclusive = true)] public double? X { get; init; }", "{exclusiveMinimum: true, maximum: 1.5, minimum: 0.5, type: number}" },
        { "[Minimum(1, IsExclusive = true)] public long? X { get; init; }", "{exclusiveMinimum: true, format: int64, minimum: 1, type: integer}" },
        { "[Maximum(0.25)] public double? X { get; init; }", "{maximum: 0.25, type: number}" },
        { "[Minimum(long.MinValue)] public long? X { get; init; }", "{format: int64, minimum: -9223372036854775808, type: integer}" },
        { "[MultipleOf(0.5)] public double? X { get; init; }", "{multipleOf: 0.5, type: number}" },
        { "[MinLength(1), MaxLength(2)] public string? X { get; init; }", "{maxLength: 2, minLength: 1, type: string}" },
        { "[StringLength(5, MinimumLength = 2)] public string? X { get; init; }", "{maxLength: 5, minLength: 2, type: string}" },
        { "[Length(1, 2)] public string[]? X { get; init; }", "{items: {type: string}, maxItems: 2, minItems: 1, type: array}" },
        { "[Length(1, 2)] public IReadOnlyDictionary<string, string>? X { get; init; }", "{additionalProperties: {type: string}, maxProperties: 2, minProperties: 1, type: object}" },
        { "[RegularExpression(\"a|b\")] public string? X { get; init; }", "{pattern: ^(?:a|b)$, type: string}" },
        { "[Pattern(\"[[:alpha:]]+\")] public string? X { get; init; }", "{pattern: [[:alpha:]]+, type: string}" },
        { "[AllowedValues(\"a\", \"b\")] public string? X { get; init; }", "{enum: [a, b], type: string}" },
        { "[AllowedValues(3, 1)] public int? X { get; init; }", "{enum: [3, 1], format: int32, type: integer}" },
        { "[Items(MinLength = 1, MaxLength = 5, Pattern = \"^a\", Allowed = [\"a\"])] public string[]? X { get; init; }", "{items: {enum: [a], maxLength: 5, minLength: 1, pattern: ^a, type: string}, type: array}" },
        { "[Items(Minimum = 1, Maximum = 2)] public IReadOnlyDictionary<string, int>? X { get; init; }", "{additionalProperties: {format: int32, maximum: 2, minimum: 1, type: integer}, type: object}" },
        { "[Format(\"ipv4\")] public string? X { get; init; }", "{format: ipv4, type: string}" },
        { "[EmailAddress] public string? X { get; init; }", "{format: email, type: string}" },
        { "[DisplayName(\"The X\")] public string? X { get; init; }", "{title: The X, type: string}" },
        { "[Display(Name = \"The X\")] public Inner? X { get; init; }", "{externalDocs: {url: https://example.com/inner}, properties: {y: {type: string}}, title: The X, type: object, x-kubernetes-map-type: atomic}" },
        { "[ExternalDocs(\"https://example.com\", Description = \"More\")] public string? X { get; init; }", "{externalDocs: {description: More, url: https://example.com}, type: string}" },
        { "/// <example>[1, 2]</example>\npublic int[]? X { get; init; }", "{example: [1, 2], items: {format: int32, type: integer}, type: array}" },
        { "/// <example>[1, 2]</example>\npublic string? X { get; init; }", "{example: [1, 2], type: string}" },
        { "/// <summary>What it is.</summary>\npublic string? X { get; init; }", "{description: What it is., type: string}" },
        { "[Obsolete(\"Use Y.\")] public string? X { get; init; }", "{description: Deprecated: Use Y., type: string}" },
        { "public string X { get; init; } = \"a\";", "{default: a, type: string}" },
        { "public int X { get; init; } = -3;", "{default: -3, format: int32, type: integer}" },
        { "public Mode X { get; init; } = Mode.Slow;", "{default: slow, enum: [Fast, slow], type: string}" },
        { "[DefaultValue(true)] public bool X { get; init; }", "{default: true, type: boolean}" },
        { "public string[] X { get; init; } = [\"a\"];", "{default: [a], items: {type: string}, type: array}" },
        { "public string[] X { get; init; } = [];", "{items: {type: string}, type: array}" },
        { "public Defaulted X { get; init; } = new();", "{default: {}, properties: {y: {default: z, type: string}}, type: object}" },
        { "public Defaulted X { get; init; } = new() { Y = \"w\" };", "{default: {y: w}, properties: {y: {default: z, type: string}}, type: object}" },
        { "[Immutable] public string? X { get; init; }", "{type: string, x-kubernetes-validations: [{message: field is immutable, rule: self == oldSelf}]}" },
        { "[Cel(\"self > 1\", Message = \"m\", Reason = CelReason.FieldValueForbidden, OptionalOldSelf = true)] public int? X { get; init; }", "{format: int32, type: integer, x-kubernetes-validations: [{message: m, optionalOldSelf: true, reason: FieldValueForbidden, rule: self > 1}]}" },
        { "public Source? X { get; init; }", "{properties: {git: {properties: {url: {type: string}}, required: [url], type: object}, none: {type: object}}, type: object, x-kubernetes-validations: [{message: exactly one of the fields in [git none] must be set, rule: (has(self.git)?1:0)+(has(self.none)?1:0) == 1}]}" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_becomes_its_schema(string member, string expected)
    {
        const string types = """
            public enum Mode { Fast, [JsonStringEnumMemberName("slow")] Slow }
            public sealed record Keyed { [Key] public required string Name { get; init; } }
            [Atomic, DisplayName("The inner one"), ExternalDocs("https://example.com/inner")] public sealed record Inner { public string? Y { get; init; } }
            [PreserveUnknownFields] public sealed record Open;
            public sealed record Empty;
            public sealed record Defaulted { public string Y { get; init; } = "z"; }
            public abstract record Source { public sealed record Git : Source { public required string Url { get; init; } } public sealed record None : Source; }
            """;
        var run = GeneratorRun.Of(("Usings.cs", Usings), ("Test.cs", "#pragma warning disable OPK0016\n" + Analysis.Spec(member, types)));
        run.Diagnostics.ShouldBeEmpty();
        var definition = new DeserializerBuilder().Build().Deserialize<object>(run.Manifests()["crds/example.com_things.yaml"]);
        var version = ((List<object>)At(At(definition, "spec"), "versions"))[0];
        var schema = At(At(At(At(At(At(At(version, "schema"), "openAPIV3Schema"), "properties"), "spec"), "properties"), "x"), "");
        Show(schema).ShouldBe(expected);
    }

    private static object At(object node, string key) => key.Length == 0 ? node : ((Dictionary<object, object>)node)[key];

    private static string Show(object? value) => value switch
    {
        IDictionary<object, object> map => "{" + string.Join(", ", map.OrderBy(static e => (string)e.Key, StringComparer.Ordinal).Select(static e => $"{e.Key}: {Show(e.Value)}")) + "}",
        IList<object> list => "[" + string.Join(", ", list.Select(Show)) + "]",
        _ => value?.ToString() ?? "",
    };
}
