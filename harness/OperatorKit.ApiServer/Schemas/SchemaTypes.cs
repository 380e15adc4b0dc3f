namespace OperatorKit.ApiServer.Schemas;

/// <summary>The spelling of <see cref="SchemaType"/> in JSON schemas.</summary>
internal static class SchemaTypes
{
    public static SchemaType Parse(string? text) => text switch
    {
        "object" => SchemaType.Object,
        "array" => SchemaType.Array,
        "string" => SchemaType.String,
        "integer" => SchemaType.Integer,
        "number" => SchemaType.Number,
        "boolean" => SchemaType.Boolean,
        _ => SchemaType.Any,
    };

    /// <summary>The JSON schema name; empty for <see cref="SchemaType.Any"/>.</summary>
    public static string Text(this SchemaType type) => type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        SchemaType.Boolean => "boolean",
        _ => "",
    };
}
