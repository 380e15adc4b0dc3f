using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>The zero value of a Go type, as its JSON is written.</summary>
/// <param name="Value">What is written for it.</param>
/// <param name="IsStruct">Go never leaves out a struct for being empty, only for being a null pointer.</param>
internal readonly record struct ZeroValues(JsonValue Value, bool IsStruct)
{
    private static readonly JsonValue EmptyText = "";
    private static readonly JsonValue ZeroText = "0";
    private static readonly JsonValue ZeroNumber = 0;

    public static ZeroValues Of(StructuralSchema schema, Func<JsonObject> emptyStruct)
    {
        var node = schema.Resolved;
        return node.DefinitionName switch
        {
            WellKnown.Time or WellKnown.MicroTime or WellKnown.RawExtension or WellKnown.Json or WellKnown.FieldsV1 => new(JsonValue.Null, IsStruct: true),
            WellKnown.Quantity => new(ZeroText, IsStruct: true),
            WellKnown.IntOrString => new(ZeroNumber, IsStruct: true),
            _ => node.Type switch
            {
                SchemaType.Object when node.AdditionalProperties is null => new(node.Properties.IsEmpty ? JsonObject.Empty : emptyStruct(), IsStruct: true),
                SchemaType.String when node.Format != "byte" => new(EmptyText, IsStruct: false),
                SchemaType.Integer or SchemaType.Number => new(ZeroNumber, IsStruct: false),
                SchemaType.Boolean => new(JsonBool.False, IsStruct: false),
                _ => new(JsonValue.Null, IsStruct: false),
            },
        };
    }

    public bool Matches(JsonValue value) => value switch
    {
        JsonArray array => array.Count == 0,
        JsonObject obj => obj.Count == 0,
        JsonString { Value: "" } => true,
        _ => value.Equals(Value),
    };
}
