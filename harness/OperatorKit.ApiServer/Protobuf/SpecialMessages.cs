using System.Globalization;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Protobuf;

/// <summary>Messages whose JSON is not an object of their fields: times, quantities, raw JSON, schemas that may be lists.</summary>
internal static class SpecialMessages
{
    public static bool IsSpecial(string? definition) => definition is SpecialDefinitions.Time or SpecialDefinitions.MicroTime or SpecialDefinitions.Quantity or SpecialDefinitions.IntOrString
        or SpecialDefinitions.RawExtension or SpecialDefinitions.Json or SpecialDefinitions.FieldsV1 or SpecialDefinitions.SchemaOrArray or SpecialDefinitions.SchemaOrBool or SpecialDefinitions.SchemaOrStrings;

    /// <summary>Reads a special message; schemas inside it are read by the caller's function.</summary>
    /// <exception cref="ProtobufException">The message is cut or malformed.</exception>
    public static JsonValue Read(ReadOnlySpan<byte> message, string definition, Func<ReadOnlyMemory<byte>, StructuralSchema, JsonObject> readStruct) => definition switch
    {
        SpecialDefinitions.Time => Time(message, "yyyy-MM-ddTHH:mm:ssZ"),
        SpecialDefinitions.MicroTime => Time(message, "yyyy-MM-ddTHH:mm:ss.ffffffZ"),
        SpecialDefinitions.Quantity => Quantity(message),
        SpecialDefinitions.IntOrString => IntOrString(message),
        SpecialDefinitions.SchemaOrArray or SpecialDefinitions.SchemaOrBool or SpecialDefinitions.SchemaOrStrings => Union(message, definition, readStruct),
        _ => RawJson(message),
    };

    /// <summary>Writes a special message; schemas inside it are written by the caller's function.</summary>
    public static void Write(ProtobufWriter writer, JsonValue value, string definition, Action<ProtobufWriter, JsonObject, StructuralSchema> writeStruct)
    {
        switch (definition)
        {
            case SpecialDefinitions.Time or SpecialDefinitions.MicroTime:
                WriteTime(writer, (value as JsonString)?.Value);
                break;
            case SpecialDefinitions.Quantity:
                writer.Text(1, value is JsonString text ? text.Value : value.ToString()!);
                break;
            case SpecialDefinitions.IntOrString:
                writer.Integer(1, value is JsonString ? 1 : 0);
                writer.Integer(2, value is JsonNumber number && number.TryGetInt64(out var integer) ? integer : 0);
                writer.Text(3, (value as JsonString)?.Value ?? "");
                break;
            case SpecialDefinitions.SchemaOrArray or SpecialDefinitions.SchemaOrBool or SpecialDefinitions.SchemaOrStrings:
                WriteUnion(writer, value, definition, writeStruct);
                break;
            default:
                writer.Bytes(1, JsonText.ToUtf8(value));
                break;
        }
    }

    private static void WriteTime(ProtobufWriter writer, string? text)
    {
        if (text is null)
            return;
        var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        writer.Integer(1, time.ToUnixTimeSeconds());
        writer.Integer(2, time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
    }

    private static void WriteUnion(ProtobufWriter writer, JsonValue value, string definition, Action<ProtobufWriter, JsonObject, StructuralSchema> writeStruct)
    {
        var schema = BuiltInSchemas.Definition(SpecialDefinitions.JsonSchema);
        var isBool = definition == SpecialDefinitions.SchemaOrBool;
        if (isBool)
            writer.Integer(1, value is JsonBool { Value: false } ? 0 : 1);
        if (value is JsonObject single)
            writer.Message(isBool ? 2 : 1, message => writeStruct(message, single, schema));
        foreach (var item in (value as JsonArray ?? JsonArray.Empty).Items)
        {
            if (item is JsonString text)
                writer.Text(2, text.Value);
            else if (item is JsonObject one)
                writer.Message(2, message => writeStruct(message, one, schema));
        }
    }

    private static JsonValue Time(ReadOnlySpan<byte> message, string format)
    {
        var (seconds, nanos) = (0L, 0L);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                seconds = (long)reader.Varint();
            else if (reader.Field == 2)
                nanos = (long)reader.Varint();
            else
                reader.Skip();
        }

        if (seconds == 0 && nanos == 0)
            return JsonValue.Null;
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / 100).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ProtobufException(string.Create(CultureInfo.InvariantCulture, $"proto: time {seconds} is out of range"));
        }
    }

    private static JsonValue Quantity(ReadOnlySpan<byte> message)
    {
        var text = "0";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                text = reader.Text();
            else
                reader.Skip();
        }

        return text;
    }

    private static JsonValue IntOrString(ReadOnlySpan<byte> message)
    {
        var (isText, number, text) = (false, 0L, "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    isText = reader.Varint() != 0;
                    break;
                case 2:
                    number = (long)reader.Varint();
                    break;
                case 3:
                    text = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return isText ? text : number;
    }

    private static JsonValue RawJson(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var raw = reader.Bytes();
            if (raw.IsEmpty)
                return JsonValue.Null;
            try
            {
                return ObjectReader.HasPrefix(raw) ? ObjectReader.Read(raw) : JsonParser.Parse(raw).Value;
            }
            catch (JsonSyntaxException error)
            {
                throw new ProtobufException(error.Message);
            }
        }

        return JsonValue.Null;
    }

    /// <summary>A schema, or in its place a list of schemas, a list of texts, or a yes or no.</summary>
    private static JsonValue Union(ReadOnlySpan<byte> message, string definition, Func<ReadOnlyMemory<byte>, StructuralSchema, JsonObject> readStruct)
    {
        var schema = BuiltInSchemas.Definition(SpecialDefinitions.JsonSchema);
        var schemaField = definition == SpecialDefinitions.SchemaOrBool ? 2 : 1;
        var list = new List<JsonValue>();
        JsonValue? single = null;
        var allows = false;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == schemaField)
                single = readStruct(reader.Bytes().ToArray(), schema);
            else if (definition == SpecialDefinitions.SchemaOrBool && reader.Field == 1)
                allows = reader.Varint() != 0;
            else if (definition == SpecialDefinitions.SchemaOrArray && reader.Field == 2)
                list.Add(readStruct(reader.Bytes().ToArray(), schema));
            else if (definition == SpecialDefinitions.SchemaOrStrings && reader.Field == 2)
                list.Add(reader.Text());
            else
                reader.Skip();
        }

        return single ?? (definition == SpecialDefinitions.SchemaOrBool ? allows : JsonArray.Of(list));
    }
}
