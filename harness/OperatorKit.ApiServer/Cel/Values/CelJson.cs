using System.Globalization;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;
using OperatorKit.Models;

namespace OperatorKit.ApiServer.Cel.Values;

/// <summary>Turns JSON into values by its schema.</summary>
internal static class CelJson
{
    /// <summary>The value; a <see cref="CelError"/> where the JSON does not fit the schema.</summary>
    public static object ToValue(JsonValue json, StructuralSchema schema, bool isResource = false) => json switch
    {
        JsonNull => CelNull.Instance,
        JsonBool boolean => boolean.Value,
        JsonString text => FromText(text.Value, schema),
        JsonNumber number => FromNumber(number, schema),
        JsonArray array => new CelList([.. array.Items.Select(item => schema.Items is { } items ? ToValue(item, items) : Untyped(item))], schema),
        JsonObject obj when schema.AdditionalProperties is { } values => CelMap.Of(obj.Select(member => KeyValuePair.Create<object, object>(member.Key, ToValue(member.Value, values)))),
        JsonObject obj => new CelObject(obj, new CelObjectShape(schema, isResource || schema.EmbeddedResource)),
        _ => CelNull.Instance,
    };

    /// <summary>The value where no schema is known: what admission sees.</summary>
    public static object Untyped(JsonValue json) => json switch
    {
        JsonBool boolean => boolean.Value,
        JsonString text => text.Value,
        JsonNumber number => number.TryGetInt64(out var integer) ? (object)integer : number.AsDouble(),
        JsonArray array => new CelList([.. array.Items.Select(Untyped)]),
        JsonObject obj => CelMap.Of(obj.Select(static member => KeyValuePair.Create<object, object>(member.Key, Untyped(member.Value)))),
        _ => CelNull.Instance,
    };

    private static object FromNumber(JsonNumber number, StructuralSchema schema)
    {
        if (schema.Type == SchemaType.Number && !schema.IntOrString)
            return number.AsDouble();
        if (number.TryGetInt64(out var integer))
            return integer;
        return schema.Type == SchemaType.Integer ? (object)(long)number.AsDouble() : number.AsDouble();
    }

    private static object FromText(string text, StructuralSchema schema)
    {
        if (schema.IntOrString || schema.Type != SchemaType.String)
            return text;
        switch (schema.Format)
        {
            case "byte":
                return Convert.TryFromBase64String(text, new byte[text.Length], out _)
                    ? new CelBytes([.. Convert.FromBase64String(text)])
                    : new CelError($"invalid base64 string: {text}");
            case "duration":
                return GoDuration.TryParse(text, out var duration) ? duration : new CelError($"invalid duration: {text}");
            case "date" or "date-time":
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                    ? time
                    : new CelError($"invalid {schema.Format}: {text}");
            default:
                return text;
        }
    }
}
