using System.Collections.Immutable;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>Writes structural schemas as OpenAPI v3, references and Kubernetes' extensions included.</summary>
internal static class SchemaWriter
{
    public const string ReferencePrefix = "#/components/schemas/";

    /// <summary>The content of a definition or of a node inside one.</summary>
    public static JsonObject Write(StructuralSchema schema) => schema.DefinitionName switch
    {
        SpecialDefinitions.Quantity => JsonObject.Of(("oneOf", Types("string", "number"))),
        SpecialDefinitions.IntOrString => JsonObject.Of(("format", "int-or-string"), ("oneOf", Types("integer", "string"))),
        SpecialDefinitions.RawExtension or SpecialDefinitions.FieldsV1 => JsonObject.Of(("type", "object")),
        SpecialDefinitions.Json or SpecialDefinitions.SchemaOrArray or SpecialDefinitions.SchemaOrBool or SpecialDefinitions.SchemaOrStrings => JsonObject.Empty,
        _ => Content(schema),
    };

    public static JsonObject Reference(string definition) => JsonObject.Of(("$ref", ReferencePrefix + definition));

    private static JsonObject Content(StructuralSchema schema)
    {
        var node = new JsonObject.Builder();
        if (schema.Description is not null)
            node["description"] = schema.Description;
        if (schema.Title is not null)
            node["title"] = schema.Title;
        if (schema.Reference is { } reference)
            node["allOf"] = JsonArray.Of(Reference(reference.Name));
        Text(node, "type", schema.Type.Text());
        Text(node, "format", schema.Format);
        node["default"] = schema.Default;
        if (schema.Nullable)
            node["nullable"] = true;
        if (!schema.Properties.IsEmpty)
            node["properties"] = Properties(schema.Properties);
        if (schema.AdditionalProperties is { } values)
            node["additionalProperties"] = Inner(values);
        if (schema.Items is { } items)
            node["items"] = Inner(items);
        Restrictions(node, schema.Validation);
        Extensions(node, schema);
        return node.Build();
    }

    /// <summary>A node that is nothing but a reference needs no wrapping.</summary>
    private static JsonObject Inner(StructuralSchema schema) =>
        schema is { Reference: { } reference, Default: null, Description: null } ? Reference(reference.Name) : Write(schema);

    private static JsonObject Properties(ImmutableArray<StructuralProperty> properties)
    {
        var result = new JsonObject.Builder(properties.Length);
        foreach (var property in properties)
            result[property.Name] = Write(property.Schema);
        return result.Build();
    }

    private static void Extensions(JsonObject.Builder node, StructuralSchema schema)
    {
        if (schema.PreserveUnknownFields)
            node["x-kubernetes-preserve-unknown-fields"] = true;
        if (schema.EmbeddedResource)
            node["x-kubernetes-embedded-resource"] = true;
        if (schema.IntOrString)
            node["x-kubernetes-int-or-string"] = true;
        if (schema.ListType is { } list)
            node["x-kubernetes-list-type"] = list.ToString().ToLowerInvariant();
        if (!schema.ListMapKeys.IsEmpty)
            node["x-kubernetes-list-map-keys"] = JsonArray.Of(schema.ListMapKeys.Select(JsonValue.From));
        if (schema.MapType is { } map)
            node["x-kubernetes-map-type"] = map.ToString().ToLowerInvariant();
        Text(node, "x-kubernetes-patch-merge-key", schema.PatchMergeKey);
        Text(node, "x-kubernetes-patch-strategy", schema.PatchStrategy);
        if (!schema.Rules.IsEmpty)
            node["x-kubernetes-validations"] = JsonArray.Of(schema.Rules.Select(Rule));
    }

    private static void Restrictions(JsonObject.Builder node, ValueValidation rules)
    {
        if (!rules.Required.IsEmpty)
            node["required"] = JsonArray.Of(rules.Required.Select(JsonValue.From));
        if (!rules.Enum.IsEmpty)
            node["enum"] = new JsonArray(rules.Enum);
        Number(node, "minimum", rules.Minimum);
        Number(node, "maximum", rules.Maximum);
        Number(node, "multipleOf", rules.MultipleOf);
        if (rules.ExclusiveMinimum)
            node["exclusiveMinimum"] = true;
        if (rules.ExclusiveMaximum)
            node["exclusiveMaximum"] = true;
        Text(node, "pattern", rules.Pattern);
        Number(node, "minLength", rules.MinLength);
        Number(node, "maxLength", rules.MaxLength);
        Number(node, "minItems", rules.MinItems);
        Number(node, "maxItems", rules.MaxItems);
        Number(node, "minProperties", rules.MinProperties);
        Number(node, "maxProperties", rules.MaxProperties);
        Nested(node, "allOf", rules.AllOf);
        Nested(node, "anyOf", rules.AnyOf);
        Nested(node, "oneOf", rules.OneOf);
        if (rules.Not is { } not)
            node["not"] = Nested(not);
    }

    private static void Nested(JsonObject.Builder node, string name, ImmutableArray<NestedValidation> schemas)
    {
        if (!schemas.IsEmpty)
            node[name] = JsonArray.Of(schemas.Select(Nested));
    }

    private static JsonObject Nested(NestedValidation schema)
    {
        var node = new JsonObject.Builder();
        Text(node, "type", schema.Type.Text());
        Text(node, "format", schema.Format);
        if (!schema.Properties.IsEmpty)
        {
            var properties = new JsonObject.Builder();
            foreach (var (name, property) in schema.Properties)
                properties[name] = Nested(property);
            node["properties"] = properties.Build();
        }

        if (schema.Items is { } items)
            node["items"] = Nested(items);
        if (schema.AdditionalProperties is { } values)
            node["additionalProperties"] = Nested(values);
        Restrictions(node, schema.Validation);
        return node.Build();
    }

    private static JsonObject Rule(ValidationRule rule)
    {
        var node = new JsonObject.Builder { ["rule"] = rule.Rule };
        Text(node, "message", rule.Message);
        Text(node, "messageExpression", rule.MessageExpression);
        Text(node, "reason", rule.Reason);
        Text(node, "fieldPath", rule.FieldPath);
        if (rule.OptionalOldSelf is { } optional)
            node["optionalOldSelf"] = optional;
        return node.Build();
    }

    private static JsonArray Types(params string[] types) => JsonArray.Of(types.Select(static type => JsonObject.Of(("type", type))));

    private static void Text(JsonObject.Builder node, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            node[name] = text;
    }

    private static void Number(JsonObject.Builder node, string name, double? number)
    {
        if (number is { } value)
            node[name] = JsonValue.From(value);
    }

    private static void Number(JsonObject.Builder node, string name, long? number)
    {
        if (number is { } value)
            node[name] = value;
    }
}
