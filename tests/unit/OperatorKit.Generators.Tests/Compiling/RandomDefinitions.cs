using System.Text.Json.Nodes;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>Definitions as nobody should write them: names and texts from a list, schemas of any nesting, and now and then something else in the place of a node.</summary>
internal sealed class RandomDefinitions(Random random, IReadOnlyList<string> texts)
{
    private const int Depth = 5;

    private static readonly string[] Words =
        ["type", "format", "items", "properties", "additionalProperties", "description", "nullable", "required", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "pattern", "enum", "default", "$ref"];

    private static readonly string[] Types = ["object", "object", "object", "array", "string", "integer", "number", "boolean", "null", "Object"];

    /// <summary>A file of one to three definitions, as JSON.</summary>
    public string Next() => string.Join("\n---\n", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Definition().ToJsonString()));

    private JsonObject Definition() => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["spec"] = Or(new JsonObject
        {
            ["group"] = Or(Text("example.org")),
            ["names"] = Or(new JsonObject { ["kind"] = Or(Text("Widget")), ["plural"] = Or(Text("widgets")) }),
            ["scope"] = Or(Text("Namespaced")),
            ["versions"] = Or(new JsonArray([.. Enumerable.Range(1, random.Next(1, 4)).Select(i => Version($"v{i}"))])),
        }),
    };

    private JsonNode? Version(string name) => Or(new JsonObject
    {
        ["name"] = Text(name),
        ["served"] = Or(true),
        ["subresources"] = Or(new JsonObject { ["status"] = Or(new JsonObject()), ["scale"] = Or(new JsonObject()) }),
        ["schema"] = Or(new JsonObject { ["openAPIV3Schema"] = Or(Schema(Depth, "object")) }),
    });

    private JsonObject Schema(int depth, string? type = null)
    {
        type ??= Types[random.Next(Types.Length)];
        var schema = new JsonObject { ["type"] = Or(type), ["description"] = Or(Text("Some text.")) };
        if (type == "array" && depth > 0)
            schema["items"] = Or(Schema(depth - 1));
        if (type == "object" && depth > 0 && random.Next(4) == 0)
            schema["additionalProperties"] = Or(Schema(depth - 1));
        if (type == "object" && depth > 0)
            schema["properties"] = Or(Members(depth - 1));
        for (var i = random.Next(3); i > 0; i--)
            schema[Words[random.Next(Words.Length)]] ??= Anything();
        return schema;
    }

    private JsonObject Members(int depth)
    {
        var members = new JsonObject();
        for (var i = random.Next(5); i > 0; i--)
            members[Any(texts)] = Or(Schema(depth));
        return members;
    }

    /// <summary>A node, and once in a while another one.</summary>
    private JsonNode? Or(JsonNode? node) => random.Next(60) == 0 ? Anything() : node;

    private JsonNode? Anything() => random.Next(8) switch
    {
        0 => null,
        1 => true,
        2 => random.Next(-5, 5),
        3 => 1e300,
        4 => new JsonArray(Any(texts), 1, null, new JsonObject { [Any(texts)] = Any(texts) }),
        5 => new JsonObject { [Any(texts)] = new JsonArray() },
        6 => new JsonObject(),
        _ => Any(texts),
    };

    private string Text(string usual) => random.Next(4) == 0 ? Any(texts) : usual;

    private string Any(IReadOnlyList<string> from) => from[random.Next(from.Count)];
}
