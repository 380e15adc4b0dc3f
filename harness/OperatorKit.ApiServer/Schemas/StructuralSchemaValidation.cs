using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>
/// Judges the schema of a definition: first what OpenAPI may say at all, then whether it is structural, then its defaults.
/// Each step is taken only when the one before found nothing, as in kube-apiserver.
/// See https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.
/// </summary>
internal static class StructuralSchemaValidation
{
    /// <summary>Everything that is wrong with an <c>openAPIV3Schema</c>.</summary>
    /// <param name="schema">The schema as written.</param>
    /// <param name="path">Its path, as errors show it.</param>
    public static IReadOnlyList<FieldError> Validate(JsonObject schema, string path)
    {
        var errors = new List<FieldError>();
        SchemaKeywords.Validate(schema, path, errors);
        if (errors.Count > 0)
            return errors;
        Root(schema, path, errors);
        Node(schema, path, isItems: false, isRoot: true, errors);
        if (errors.Count > 0)
            return errors;
        Defaults(schema, path, errors);
        return errors;
    }

    private static void Root(JsonObject schema, string path, List<FieldError> errors)
    {
        if (schema.StringAt("type") is not { Length: > 0 } type)
            errors.Add(FieldError.Required($"{path}.type", "must not be empty at the root"));
        else if (type != "object")
            errors.Add(FieldError.Invalid($"{path}.type", type, "must be object at the root"));
        if (schema.BoolAt("nullable") == true)
            errors.Add(FieldError.Forbidden($"{path}.nullable", "nullable cannot be true at the root"));
        if (schema.ObjectAt("properties", "metadata") is { } metadata && !OnlyNames(metadata))
            errors.Add(FieldError.Forbidden($"{path}.properties[metadata]", "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        foreach (var name in (string[])["apiVersion", "kind"])
        {
            if (schema.StringAt("properties", name, "type") is { } given && given != "string")
                errors.Add(FieldError.Invalid($"{path}.properties[{name}].type", given, "must be string"));
        }
    }

    private static bool OnlyNames(JsonObject metadata) =>
        metadata.Keys.All(static key => key is "type" or "description" or "properties")
        && (metadata.ObjectAt("properties") ?? JsonObject.Empty).Keys.All(static key => key is "name" or "generateName");

    private static void Node(JsonObject schema, string path, bool isItems, bool isRoot, List<FieldError> errors)
    {
        var type = schema.StringAt("type") ?? "";
        var isFree = schema.BoolAt("x-kubernetes-int-or-string") == true || schema.BoolAt("x-kubernetes-preserve-unknown-fields") == true;
        if (type.Length == 0 && !isFree && !isRoot)
            errors.Add(FieldError.Required($"{path}.type", isItems ? "must not be empty for specified array items" : "must not be empty for specified object fields"));
        if (schema.BoolAt("x-kubernetes-embedded-resource") == true && schema.BoolAt("x-kubernetes-preserve-unknown-fields") != true && schema.ObjectAt("properties") is null or { Count: 0 })
            errors.Add(FieldError.Required($"{path}.properties", "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        if (schema.BoolAt("x-kubernetes-embedded-resource") == true && type != "object")
            errors.Add(FieldError.Invalid($"{path}.type", type, "must be object if x-kubernetes-embedded-resource is true"));
        if (schema.BoolAt("x-kubernetes-preserve-unknown-fields") == false)
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-preserve-unknown-fields", false, "must be true or undefined"));
        foreach (var (name, property) in Members(schema))
            Node(property, $"{path}.properties[{name}]", isItems: false, isRoot: false, errors);
        if (schema.ObjectAt("items") is { } items)
            Node(items, $"{path}.items", isItems: true, isRoot: false, errors);
        if (schema.ObjectAt("additionalProperties") is { } values)
            Node(values, $"{path}.additionalProperties", isItems: false, isRoot: false, errors);
        foreach (var (nested, place) in Junctions(schema, path))
            Nested(nested, schema, place, path, errors);
    }

    /// <summary>Inside a junction only restrictions may stand, and only on fields that are specified outside.</summary>
    private static void Nested(JsonObject nested, JsonObject outer, string place, string outerPath, List<FieldError> errors)
    {
        foreach (var keyword in (string[])["default", "title", "description", "nullable", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string"])
        {
            if (nested.Has(keyword) && nested.BoolAt(keyword) != false)
                errors.Add(FieldError.Forbidden($"{place}.{keyword}", "must be undefined to be structural"));
        }

        if (nested.StringAt("type") is { Length: > 0 } && !IsIntOrString(outer))
            errors.Add(FieldError.Forbidden($"{place}.type", "must be empty to be structural"));
        if (nested.Has("additionalProperties"))
            errors.Add(FieldError.Forbidden($"{place}.additionalProperties", "must be undefined to be structural"));
        foreach (var (name, property) in Members(nested))
        {
            var inner = $"{place}.properties[{name}]";
            if (outer.ObjectAt("properties", name) is { } specified)
                Nested(property, specified, inner, $"{outerPath}.properties[{name}]", errors);
            else if (!outer.Has("additionalProperties"))
                errors.Add(FieldError.Required($"{outerPath}.properties[{name}]", $"because it is defined in {inner}"));
        }

        if (nested.ObjectAt("items") is { } items)
        {
            if (outer.ObjectAt("items") is { } specified)
                Nested(items, specified, $"{place}.items", $"{outerPath}.items", errors);
            else
                errors.Add(FieldError.Required($"{outerPath}.items", $"because it is defined in {place}.items"));
        }

        foreach (var (deeper, at) in Junctions(nested, place))
            Nested(deeper, outer, at, outerPath, errors);
    }

    // anyOf: [{type: integer}, {type: string}] is how int-or-string used to be written, and still may be.
    private static bool IsIntOrString(JsonObject outer) => outer.BoolAt("x-kubernetes-int-or-string") == true
        && ((IEnumerable<JsonObject>)[outer, .. outer.Objects("allOf")]).Any(static schema => schema.Objects("anyOf").Select(static choice => choice.StringAt("type")).SequenceEqual(["integer", "string"]));

    private static void Defaults(JsonObject schema, string path, List<FieldError> errors)
    {
        if (schema["default"] is { } value and not JsonNull)
            Default(value, schema, $"{path}.default", errors);
        foreach (var (name, property) in Members(schema))
            Defaults(property, $"{path}.properties[{name}]", errors);
        if (schema.ObjectAt("items") is { } items)
            Defaults(items, $"{path}.items", errors);
        if (schema.ObjectAt("additionalProperties") is { } values)
            Defaults(values, $"{path}.additionalProperties", errors);
    }

    private static void Default(JsonValue value, JsonObject schema, string path, List<FieldError> errors)
    {
        var structural = StructuralSchemaReader.Read(schema);
        if (!Pruning.Prune(value, structural).UnknownFields.IsEmpty)
            errors.Add(FieldError.Invalid(path, value, "must not have unknown fields"));
        else
            errors.AddRange(SchemaValidation.Validate(Defaulting.Apply(value, structural), structural, field: path));
    }

    private static IEnumerable<(JsonObject Schema, string Path)> Junctions(JsonObject schema, string path)
    {
        foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
        {
            var i = 0;
            foreach (var nested in schema.Objects(keyword))
                yield return (nested, string.Create(CultureInfo.InvariantCulture, $"{path}.{keyword}[{i++}]"));
        }

        if (schema.ObjectAt("not") is { } not)
            yield return (not, $"{path}.not");
    }

    private static IEnumerable<(string Name, JsonObject Schema)> Members(JsonObject schema) =>
        ((IEnumerable<KeyValuePair<string, JsonValue>>)(schema.ObjectAt("properties") ?? JsonObject.Empty)).Select(static member => (member.Key, member.Value as JsonObject ?? JsonObject.Empty));
}
