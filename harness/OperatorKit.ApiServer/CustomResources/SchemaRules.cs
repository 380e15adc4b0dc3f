using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>
/// What the schema of a definition must be like to be structural: every field has a type, what merges has keys, what is
/// inside a junctor only restricts, defaults fit. See
/// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.
/// </summary>
internal static class SchemaRules
{
    private static readonly string[] Junctors = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] NotInJunctors = ["type", "additionalProperties", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"];
    private static readonly string[] UndefinedInJunctors = ["description", "default", "title", "nullable", "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-map-type"];
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    public static IEnumerable<FieldError> Validate(JsonObject schema, string path)
    {
        if (schema.StringAt("type") is not "object")
        {
            yield return schema.StringAt("type") is { Length: > 0 } type
                ? FieldError.Invalid($"{path}.type", type, "must be object at the root")
                : FieldError.Required($"{path}.type", "must not be empty at the root");
            yield break;
        }

        if (schema.ObjectAt("properties", "metadata") is { } metadata && !RestrictsNamesOnly(metadata))
            yield return FieldError.Forbidden($"{path}.properties[metadata]", "must not specify anything other than name and generateName, but metadata is implicitly specified");
        foreach (var error in Node(schema, path, isRoot: true))
            yield return error;
    }

    private static IEnumerable<FieldError> Node(JsonObject schema, string path, bool isRoot)
    {
        foreach (var error in Own(schema, path, isRoot))
            yield return error;
        foreach (var error in Lists(schema, path))
            yield return error;
        foreach (var error in Default(schema, path))
            yield return error;
        foreach (var error in InJunctors(schema, path))
            yield return error;
        foreach (var (childPath, child) in Children(schema, path))
        {
            foreach (var error in Node(child, childPath, isRoot: false))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Own(JsonObject schema, string path, bool isRoot)
    {
        var type = schema.StringAt("type") ?? "";
        var free = schema.BoolAt("x-kubernetes-int-or-string") == true || schema.BoolAt("x-kubernetes-preserve-unknown-fields") == true;
        if (schema["$ref"] is not null)
            yield return FieldError.Forbidden($"{path}.$ref", "$ref is not supported");
        else if (type.Length == 0 && !free && !isRoot)
            yield return FieldError.Required($"{path}.type", InItems(path) ? "must not be empty for specified array items" : "must not be empty for specified object fields");
        else if (type.Length > 0 && !Types.Contains(type))
            yield return FieldError.NotSupported($"{path}.type", type, Types);
        if (type == "array" && schema.ObjectAt("items") is null)
            yield return FieldError.Required($"{path}.items", "must be specified");
        if (schema.BoolAt("uniqueItems") == true)
            yield return FieldError.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        if (schema.ObjectAt("additionalProperties") is not null && schema.ObjectAt("properties") is { Count: > 0 })
            yield return FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive");
        if (schema.StringAt("pattern") is { } pattern && PatternProblem(pattern) is { } problem)
            yield return FieldError.Invalid($"{path}.pattern", pattern, $"must be a valid regular expression, but isn't: {problem}");
    }

    private static IEnumerable<FieldError> Lists(JsonObject schema, string path)
    {
        var listType = schema.StringAt("x-kubernetes-list-type");
        if (listType is not (null or "atomic" or "set" or "map"))
            yield return FieldError.NotSupported($"{path}.x-kubernetes-list-type", listType, "atomic", "set", "map");
        var items = schema.ObjectAt("items");
        if (listType == "set" && items?.StringAt("type") == "object" && items.StringAt("x-kubernetes-map-type") != "atomic")
            yield return FieldError.Invalid($"{path}.items.x-kubernetes-map-type", items["x-kubernetes-map-type"] ?? JsonValue.Null, "must be atomic as item of a list with x-kubernetes-list-type=set");
        if (listType != "map")
            yield break;
        var keys = schema.ArrayAt("x-kubernetes-list-map-keys")?.OfType<JsonString>().Select(static key => key.Value).ToArray() ?? [];
        if (keys.Length == 0)
            yield return FieldError.Required($"{path}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
        foreach (var key in keys)
        {
            var property = items?.ObjectAt("properties", key);
            var required = items?.ArrayAt("required")?.Contains(JsonValue.From(key)) == true;
            if (property is null)
                yield return FieldError.Invalid($"{path}.x-kubernetes-list-map-keys", schema["x-kubernetes-list-map-keys"]!, "entries must all be names of item properties");
            else if (!required && property["default"] is null)
                yield return FieldError.Required($"{path}.items.properties[{key}].default", "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
        }
    }

    private static IEnumerable<FieldError> Default(JsonObject schema, string path)
    {
        if (schema["default"] is not { } value || schema.StringAt("type") is not { Length: > 0 } type || !Types.Contains(type))
            yield break;
        var structural = StructuralSchemaReader.Read(schema);
        var (pruned, unknown) = Pruning.Prune(value, structural);
        if (unknown.Length > 0 || !pruned.Equals(value))
        {
            yield return FieldError.Invalid($"{path}.default", value, "must not have unknown fields");
            yield break;
        }

        foreach (var error in SchemaValidation.Validate(value, structural))
            yield return error with { Field = error.Field.Length == 0 ? $"{path}.default" : $"{path}.default.{error.Field}" };
    }

    /// <summary>Inside allOf, anyOf, oneOf and not only restrictions may stand.</summary>
    private static IEnumerable<FieldError> InJunctors(JsonObject schema, string path)
    {
        foreach (var junctor in Junctors)
        {
            var index = 0;
            foreach (var alternative in schema.ArrayAt(junctor)?.OfType<JsonObject>() ?? [])
            {
                foreach (var error in Restriction(alternative, string.Create(CultureInfo.InvariantCulture, $"{path}.{junctor}[{index}]"), schema))
                    yield return error;
                index++;
            }
        }

        foreach (var error in schema.ObjectAt("not") is { } negated ? Restriction(negated, $"{path}.not", schema) : [])
            yield return error;
    }

    private static IEnumerable<FieldError> Restriction(JsonObject schema, string path, JsonObject owner)
    {
        foreach (var key in NotInJunctors)
        {
            // The one exception spells out what int-or-string means.
            if (schema[key] is not null && !(key == "type" && owner.BoolAt("x-kubernetes-int-or-string") == true))
                yield return FieldError.Forbidden($"{path}.{key}", "must be empty to be structural");
        }

        foreach (var key in UndefinedInJunctors)
        {
            if (schema[key] is not null)
                yield return FieldError.Forbidden($"{path}.{key}", "must be undefined to be structural");
        }

        foreach (var (childPath, child) in Children(schema, path))
        {
            foreach (var error in Restriction(child, childPath, owner))
                yield return error;
        }

        foreach (var error in InJunctors(schema, path))
            yield return error;
    }

    private static IEnumerable<(string Path, JsonObject Schema)> Children(JsonObject schema, string path)
    {
        foreach (var (name, property) in (IEnumerable<KeyValuePair<string, JsonValue>>?)schema.ObjectAt("properties") ?? [])
        {
            if (property is JsonObject child)
                yield return ($"{path}.properties[{name}]", child);
        }

        if (schema.ObjectAt("items") is { } items)
            yield return ($"{path}.items", items);
        if (schema.ObjectAt("additionalProperties") is { } additional)
            yield return ($"{path}.additionalProperties", additional);
    }

    private static bool RestrictsNamesOnly(JsonObject metadata)
    {
        var properties = metadata.ObjectAt("properties") ?? JsonObject.Empty;
        return properties.Keys.All(static name => name is "name" or "generateName")
            && metadata.Keys.All(static key => key is "type" or "properties" or "description");
    }

    private static bool InItems(string path) => path.EndsWith(".items", StringComparison.Ordinal);

    private static string? PatternProblem(string pattern)
    {
        try
        {
            Patterns.Of(pattern);
            return null;
        }
        catch (ArgumentException e)
        {
            return pattern.Count('(') > pattern.Count(')') ? $"error parsing regexp: missing closing ): `{pattern}`" : $"error parsing regexp: {e.Message}";
        }
    }
}
