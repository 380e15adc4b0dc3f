using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>Makes structural schemas of <c>openAPIV3Schema</c>, once it is known to be structural.</summary>
internal static class StructuralSchemaReader
{
    /// <summary>A schema that lets everything through: for a version without one.</summary>
    public static StructuralSchema Anything { get; } = new() { Type = SchemaType.Object, PreserveUnknownFields = true };

    public static StructuralSchema Read(JsonObject schema) => new()
    {
        Type = SchemaTypes.Parse(schema.StringAt("type")),
        Format = schema.StringAt("format"),
        Description = schema.StringAt("description"),
        Title = schema.StringAt("title"),
        Properties = [.. Members(schema, "properties").Select(static member => new StructuralProperty(member.Key, Read(member.Value)))],
        AdditionalProperties = schema["additionalProperties"] switch
        {
            JsonObject values => Read(values),
            JsonBool { Value: true } => new StructuralSchema { PreserveUnknownFields = true },
            _ => null,
        },
        Items = schema.ObjectAt("items") is { } items ? Read(items) : null,
        Nullable = schema.BoolAt("nullable") == true,
        Default = schema["default"] is { } value and not JsonNull ? value : null,
        PreserveUnknownFields = schema.BoolAt("x-kubernetes-preserve-unknown-fields") == true,
        EmbeddedResource = schema.BoolAt("x-kubernetes-embedded-resource") == true,
        IntOrString = schema.BoolAt("x-kubernetes-int-or-string") == true,
        ListType = schema.StringAt("x-kubernetes-list-type") switch
        {
            "set" => SchemaListType.Set,
            "map" => SchemaListType.Map,
            "atomic" => SchemaListType.Atomic,
            _ => null,
        },
        ListMapKeys = [.. schema.Strings("x-kubernetes-list-map-keys")],
        MapType = schema.StringAt("x-kubernetes-map-type") switch
        {
            "atomic" => SchemaMapType.Atomic,
            "granular" => SchemaMapType.Granular,
            _ => null,
        },
        Validation = Restrictions(schema),
        Rules = [.. schema.Objects("x-kubernetes-validations").Select(Rule)],
    };

    private static ValueValidation Restrictions(JsonObject schema) => new()
    {
        Required = [.. schema.Strings("required")],
        Enum = schema.ArrayAt("enum")?.Items ?? [],
        Minimum = Number(schema, "minimum"),
        ExclusiveMinimum = schema.BoolAt("exclusiveMinimum") == true,
        Maximum = Number(schema, "maximum"),
        ExclusiveMaximum = schema.BoolAt("exclusiveMaximum") == true,
        MultipleOf = Number(schema, "multipleOf"),
        MinLength = schema.LongAt("minLength"),
        MaxLength = schema.LongAt("maxLength"),
        Pattern = schema.StringAt("pattern") is { Length: > 0 } pattern ? pattern : null,
        MinItems = schema.LongAt("minItems"),
        MaxItems = schema.LongAt("maxItems"),
        UniqueItems = schema.BoolAt("uniqueItems") == true,
        MinProperties = schema.LongAt("minProperties"),
        MaxProperties = schema.LongAt("maxProperties"),
        AllOf = [.. schema.Objects("allOf").Select(Nested)],
        AnyOf = [.. schema.Objects("anyOf").Select(Nested)],
        OneOf = [.. schema.Objects("oneOf").Select(Nested)],
        Not = schema.ObjectAt("not") is { } not ? Nested(not) : null,
    };

    private static NestedValidation Nested(JsonObject schema) => new()
    {
        Type = SchemaTypes.Parse(schema.StringAt("type")),
        Format = schema.StringAt("format"),
        Validation = Restrictions(schema),
        Properties = [.. Members(schema, "properties").Select(static member => KeyValuePair.Create(member.Key, Nested(member.Value)))],
        Items = schema.ObjectAt("items") is { } items ? Nested(items) : null,
        AdditionalProperties = schema.ObjectAt("additionalProperties") is { } values ? Nested(values) : null,
    };

    private static ValidationRule Rule(JsonObject rule) => new(rule.StringAt("rule") ?? "")
    {
        Message = rule.StringAt("message"),
        MessageExpression = rule.StringAt("messageExpression"),
        Reason = rule.StringAt("reason"),
        FieldPath = rule.StringAt("fieldPath"),
        OptionalOldSelf = rule.BoolAt("optionalOldSelf"),
    };

    private static List<(string Key, JsonObject Value)> Members(JsonObject schema, string key)
    {
        var members = new List<(string, JsonObject)>();
        foreach (var (name, value) in schema.ObjectAt(key) ?? JsonObject.Empty)
            members.Add((name, value as JsonObject ?? JsonObject.Empty));
        return members;
    }

    private static double? Number(JsonObject schema, string key) => (schema[key] as JsonNumber)?.AsDouble();
}
