using System.Globalization;
using System.Text.Json.Nodes;

namespace OperatorKit.Testing.Conversions;

/// <summary>Makes objects by the schema of a version: members come and go, and values go to their bounds.</summary>
internal sealed class RandomResource
{
    private readonly JsonObject _schema;
    private readonly ResourceDefinition _version;
    private readonly RandomValue _values;

    private RandomResource(JsonObject schema, ResourceDefinition version, Random random) =>
        (_schema, _version, _values) = (schema, version, new RandomValue(random));

    public static RandomResource Of(ReadOnlySpan<byte> definition, ResourceDefinition version, Random random)
    {
        var found = JsonNode.Parse(definition)!["spec"]!["versions"]!.AsArray().First(v => (string?)v!["name"] == version.Version)!;
        return new RandomResource(found["schema"]!["openAPIV3Schema"]!.AsObject(), version, random);
    }

    public JsonObject Next()
    {
        var resource = new JsonObject
        {
            ["apiVersion"] = _version.ApiVersion,
            ["kind"] = _version.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"object-{_values.Number(1000)}"),
                ["uid"] = "00000000-0000-0000-0000-000000000001",
                ["labels"] = new JsonObject { ["app"] = _values.Word() },
                ["annotations"] = new JsonObject { ["note"] = _values.Word() },
            },
        };
        var properties = _schema["properties"] as JsonObject ?? [];
        foreach (var part in (ReadOnlySpan<string>)["spec", "status"])
        {
            if (properties[part] is JsonObject schema && (part == "spec" || _values.Happens(0.5)))
                resource[part] = _values.Of(schema);
        }

        return resource;
    }
}
