using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>Which keywords the schema of a definition may use, and with which values.</summary>
internal static class SchemaKeywords
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] ListTypes = ["atomic", "set", "map"];
    private static readonly string[] MapTypes = ["granular", "atomic"];
    private static readonly string[] Unsupported = ["definitions", "dependencies", "patternProperties", "additionalItems", "id"];

    public static void Validate(JsonObject schema, string path, List<FieldError> errors)
    {
        if (schema.StringAt("$ref") is { Length: > 0 })
            errors.Add(FieldError.Forbidden($"{path}.$ref", "$ref is not supported"));
        foreach (var keyword in Unsupported.Where(schema.Has))
            errors.Add(FieldError.Forbidden($"{path}.{keyword}", $"{keyword} is not supported"));
        if (schema.BoolAt("uniqueItems") == true)
            errors.Add(FieldError.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        AdditionalProperties(schema, path, errors);
        Type(schema, path, errors);
        ListType(schema, path, errors);
        if (schema.StringAt("x-kubernetes-map-type") is { } map && !MapTypes.Contains(map))
            errors.Add(FieldError.NotSupported($"{path}.x-kubernetes-map-type", map, "atomic", "granular"));
        if (schema.StringAt("pattern") is { Length: > 0 } pattern && PatternProblem(pattern) is { } problem)
            errors.Add(FieldError.Invalid($"{path}.pattern", pattern, $"must be a valid regular expression, but isn't: {problem}"));

        foreach (var (name, property) in (IEnumerable<KeyValuePair<string, JsonValue>>)(schema.ObjectAt("properties") ?? JsonObject.Empty))
            Inner(property, $"{path}.properties[{name}]", errors);
        Inner(schema["items"], $"{path}.items", errors);
        Inner(schema["additionalProperties"], $"{path}.additionalProperties", errors);
        foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
        {
            var i = 0;
            foreach (var nested in schema.Objects(keyword))
                Validate(nested, FormattableString.Invariant($"{path}.{keyword}[{i++}]"), errors);
        }

        Inner(schema["not"], $"{path}.not", errors);
    }

    private static void Inner(JsonValue? value, string path, List<FieldError> errors)
    {
        if (value is JsonObject schema)
            Validate(schema, path, errors);
    }

    private static void AdditionalProperties(JsonObject schema, string path, List<FieldError> errors)
    {
        if (!schema.Has("additionalProperties"))
            return;
        if (schema.BoolAt("additionalProperties") == false)
            errors.Add(FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties cannot be set to false"));
        if (schema.ObjectAt("properties") is { Count: > 0 })
            errors.Add(FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive"));
    }

    private static void Type(JsonObject schema, string path, List<FieldError> errors)
    {
        var type = schema.StringAt("type") ?? "";
        if (type == "null")
            errors.Add(FieldError.Forbidden($"{path}.type", "type cannot be set to null, use nullable as an alternative"));
        else if (type.Length > 0 && !Types.Contains(type))
            errors.Add(FieldError.NotSupported($"{path}.type", type, Types));
        if (schema["items"] is JsonArray)
            errors.Add(FieldError.Forbidden($"{path}.items", "items must be a schema object and not an array"));
        else if (type == "array" && !schema.Has("items"))
            errors.Add(FieldError.Required($"{path}.items", "must be specified"));
    }

    private static void ListType(JsonObject schema, string path, List<FieldError> errors)
    {
        var listType = schema.StringAt("x-kubernetes-list-type");
        if (listType is not null && schema.StringAt("type") != "array")
            errors.Add(FieldError.Invalid($"{path}.type", schema["type"] ?? "", "must be array if x-kubernetes-list-type is specified"));
        if (listType is not null && !ListTypes.Contains(listType))
            errors.Add(FieldError.NotSupported($"{path}.x-kubernetes-list-type", listType, ListTypes));
        var keys = schema.Strings("x-kubernetes-list-map-keys").ToArray();
        if (keys.Length > 0 && listType != "map")
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-list-type", listType is null ? JsonValue.Null : listType, "must be map if x-kubernetes-list-map-keys is non-empty"));
        if (schema.ObjectAt("items") is not { } items)
            return;
        if (listType == "set")
            SetItems(items, path, errors);
        if (listType == "map")
            MapItems(items, keys, path, errors);
    }

    private static void SetItems(JsonObject items, string path, List<FieldError> errors)
    {
        if (items.BoolAt("nullable") == true)
            errors.Add(FieldError.Forbidden($"{path}.items.nullable", "cannot be nullable when x-kubernetes-list-type is set"));
        switch (items.StringAt("type"))
        {
            case "object" when items.StringAt("x-kubernetes-map-type") != "atomic":
                errors.Add(FieldError.Invalid($"{path}.items.x-kubernetes-map-type", items["x-kubernetes-map-type"] ?? JsonValue.Null, "must be atomic as item of a list with x-kubernetes-list-type=set"));
                break;
            case "array" when items.StringAt("x-kubernetes-list-type") is not (null or "atomic"):
                errors.Add(FieldError.Invalid($"{path}.items.x-kubernetes-list-type", items["x-kubernetes-list-type"]!, "must be atomic as item of a list with x-kubernetes-list-type=set"));
                break;
        }
    }

    private static void MapItems(JsonObject items, string[] keys, string path, List<FieldError> errors)
    {
        if (keys.Length == 0)
            errors.Add(FieldError.Required($"{path}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        if (items.StringAt("type") != "object")
            errors.Add(FieldError.Invalid($"{path}.items.type", items["type"] ?? "", "must be object if parent array's x-kubernetes-list-type is map"));
        if (keys.Any(key => items.ObjectAt("properties", key) is null))
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-list-map-keys", JsonArray.Of(keys.Select(JsonValue.From)), "entries must all be names of item properties"));
        if (keys.Distinct(StringComparer.Ordinal).Count() != keys.Length)
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-list-map-keys", JsonArray.Of(keys.Select(JsonValue.From)), "must not contain duplicate entries"));
        foreach (var key in keys)
        {
            if (items.ObjectAt("properties", key) is not { } property)
                continue;
            if (property.StringAt("type") is "array" or "object")
                errors.Add(FieldError.Invalid($"{path}.items.properties[{key}].type", property["type"]!, "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            if (property.BoolAt("nullable") == true)
                errors.Add(FieldError.Forbidden($"{path}.items.properties[{key}].nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
            if (!property.Has("default") && !items.Strings("required").Contains(key, StringComparer.Ordinal))
                errors.Add(FieldError.Required($"{path}.items.properties[{key}].default", "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
        }
    }

    /// <summary>What Go says about a pattern that is no regular expression, or null where it is one.</summary>
    private static string? PatternProblem(string pattern)
    {
        try
        {
            Patterns.Of(pattern);
            return null;
        }
        catch (System.Text.RegularExpressions.RegexParseException error)
        {
            var what = error.Error switch
            {
                System.Text.RegularExpressions.RegexParseError.InsufficientClosingParentheses => "missing closing ): ",
                System.Text.RegularExpressions.RegexParseError.InsufficientOpeningParentheses => "unexpected ): ",
                System.Text.RegularExpressions.RegexParseError.UnterminatedBracket => "missing closing ]: ",
                System.Text.RegularExpressions.RegexParseError.QuantifierAfterNothing => "missing argument to repetition operator: ",
                System.Text.RegularExpressions.RegexParseError.UnescapedEndingBackslash => "trailing backslash at end of expression: ",
                _ => "invalid syntax: ",
            };
            return $"error parsing regexp: {what}`{pattern}`";
        }
        catch (ArgumentException)
        {
            return $"error parsing regexp: invalid or unsupported Perl syntax: `{pattern}`";
        }
    }
}
