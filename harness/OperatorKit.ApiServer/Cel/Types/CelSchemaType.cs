using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>The type that a structural schema gives to a value.</summary>
internal static class CelSchemaType
{
    /// <summary>Null where the schema says too little for expressions to reach the value.</summary>
    public static CelType? Of(StructuralSchema schema, bool isResource = false)
    {
        if (schema.IntOrString)
            return CelType.Dyn;
        return schema.Type switch
        {
            SchemaType.Array => schema.Items is { } items && Of(items) is { } item ? CelType.List(item) : null,
            SchemaType.Object when schema.AdditionalProperties is { } values => Of(values) is { } value ? CelType.Map(CelType.String, value) : null,
            SchemaType.Object => CelType.Object(new CelObjectShape(schema, isResource || schema.EmbeddedResource)),
            SchemaType.String => schema.Format switch
            {
                "byte" => CelType.Bytes,
                "duration" => CelType.Duration,
                "date" or "date-time" => CelType.Timestamp,
                _ => CelType.String,
            },
            SchemaType.Boolean => CelType.Bool,
            SchemaType.Number => CelType.Double,
            SchemaType.Integer => CelType.Int,
            _ => null,
        };
    }
}
