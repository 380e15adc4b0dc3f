using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>The zero values of Go types, as their JSON is written.</summary>
internal static class ZeroValues
{
    private static readonly JsonValue EmptyText = "";
    private static readonly JsonValue ZeroText = "0";
    private static readonly JsonValue ZeroNumber = 0;

    /// <summary>Whether the type is a struct: Go never leaves one out for being empty, only for being a null pointer.</summary>
    public static bool IsStruct(StructuralSchema node) =>
        node.DefinitionName is SpecialDefinitions.Quantity or SpecialDefinitions.IntOrString or SpecialDefinitions.Json or SpecialDefinitions.Time or SpecialDefinitions.MicroTime
        || (node.Type == SchemaType.Object && node.AdditionalProperties is null);

    /// <summary>What is written for the zero value; null for a struct, which is written with the zero values of its fields.</summary>
    public static JsonValue? Of(StructuralSchema node) => node.DefinitionName switch
    {
        SpecialDefinitions.Time or SpecialDefinitions.MicroTime or SpecialDefinitions.RawExtension or SpecialDefinitions.Json or SpecialDefinitions.FieldsV1 => JsonValue.Null,
        SpecialDefinitions.Quantity => ZeroText,
        SpecialDefinitions.IntOrString => ZeroNumber,
        _ => node.Type switch
        {
            SchemaType.Object when node.AdditionalProperties is null => node.Properties.IsEmpty ? JsonObject.Empty : null,
            SchemaType.String when node.Format != "byte" => EmptyText,
            SchemaType.Integer or SchemaType.Number => ZeroNumber,
            SchemaType.Boolean => JsonBool.False,
            _ => JsonValue.Null,
        },
    };

    public static bool IsZero(JsonValue value, JsonValue zero) => value switch
    {
        JsonArray array => array.Count == 0,
        JsonObject obj => obj.Count == 0,
        JsonString text => text.Value.Length == 0,
        _ => value.Equals(zero),
    };
}
