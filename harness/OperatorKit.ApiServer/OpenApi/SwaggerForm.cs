using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>Turns the parts of an OpenAPI v3 document into those of v2: other places for references, bodies and parameters.</summary>
internal static class SwaggerForm
{
    private static readonly string[] NotInV2 = ["anyOf", "oneOf", "not", "nullable"];

    public static JsonObject Definitions(JsonObject schemas)
    {
        var result = new JsonObject.Builder(schemas.Count);
        foreach (var (name, schema) in schemas)
            result[name] = Schema((JsonObject)schema);
        return result.Build();
    }

    public static JsonObject Paths(JsonObject paths)
    {
        var result = new JsonObject.Builder(paths.Count);
        foreach (var (path, item) in paths)
        {
            var operations = new JsonObject.Builder();
            foreach (var (method, operation) in (JsonObject)item)
                operations[method] = operation is JsonArray parameters ? Parameters(parameters) : Operation((JsonObject)operation);
            result[path] = operations.Build();
        }

        return result.Build();
    }

    private static JsonObject Operation(JsonObject operation)
    {
        var parameters = Parameters(operation.ArrayAt("parameters") ?? JsonArray.Empty).Items;
        var body = operation.ObjectAt("requestBody", "content");
        if (body is not null)
        {
            var schema = ((IEnumerable<KeyValuePair<string, JsonValue>>)body).Select(static media => (media.Value as JsonObject)?.ObjectAt("schema")).OfType<JsonObject>().FirstOrDefault();
            parameters = parameters.Insert(0, JsonObject.Of(("name", "body"), ("in", "body"), ("schema", Schema(schema ?? JsonObject.Empty))));
            operation = operation.Without("requestBody").With("consumes", JsonArray.Of(body.Keys.Select(JsonValue.From)));
        }

        if (!parameters.IsEmpty)
            operation = operation.With("parameters", new JsonArray(parameters));
        var answer = operation.ObjectAt("responses", "200", "content", "application/json", "schema");
        return operation.With("responses", JsonObject.Of(
            ("200", answer is null ? JsonObject.Of(("description", "OK")) : JsonObject.Of(("description", "OK"), ("schema", Schema(answer)))),
            ("401", JsonObject.Of(("description", "Unauthorized")))));
    }

    private static JsonArray Parameters(JsonArray parameters) => JsonArray.Of(parameters.Items.OfType<JsonObject>().Select(static parameter =>
        parameter.Without("schema").With("type", parameter.At("schema", "type") ?? "string").With("uniqueItems", true)));

    private static JsonObject Schema(JsonObject schema)
    {
        if (schema.StringAt("format") == "int-or-string")
            return JsonObject.Of(("type", "string"), ("format", "int-or-string"));
        if (schema.Count == 1 && schema.ContainsKey("oneOf"))
            return JsonObject.Of(("type", "string"));
        var result = new JsonObject.Builder(schema.Count);
        foreach (var (key, value) in schema)
        {
            switch (value)
            {
                case var _ when NotInV2.Contains(key) || key is "default":
                    break;
                case JsonArray { Count: 1 } all when key == "allOf" && all[0] is JsonObject only && only.ContainsKey("$ref"):
                    result["$ref"] = Reference(only);
                    break;
                case JsonString when key == "$ref":
                    result["$ref"] = Reference(schema);
                    break;
                case JsonObject properties when key == "properties":
                    result[key] = Definitions(properties);
                    break;
                case JsonObject inner when key is "items" or "additionalProperties":
                    result[key] = Schema(inner);
                    break;
                default:
                    if (key != "allOf")
                        result[key] = value;
                    break;
            }
        }

        return result.Build();
    }

    private static JsonValue Reference(JsonObject schema) => schema.StringAt("$ref")!.Replace(SchemaWriter.ReferencePrefix, "#/definitions/", StringComparison.Ordinal);
}
