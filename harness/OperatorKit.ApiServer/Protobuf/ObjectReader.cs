using System.Collections.Immutable;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Protobuf;

/// <summary>
/// Reads objects as typed Go clients send them: the bytes <c>k8s\0</c>, an envelope that names the kind, and the message.
/// The result is the JSON form; which zero values stay is decided by <see cref="TypedDecoder"/>, as for JSON.
/// </summary>
internal static class ObjectReader
{
    private const int MaxDepth = 200;

    /// <summary>What protobuf objects begin with.</summary>
    public static ReadOnlySpan<byte> Prefix => "k8s\0"u8;

    /// <summary>Whether the bytes begin as protobuf objects do.</summary>
    public static bool HasPrefix(ReadOnlySpan<byte> body) => body.StartsWith(Prefix);

    /// <summary>Reads an object. Of a kind that is not built in only apiVersion and kind are read.</summary>
    /// <exception cref="ProtobufException">The bytes are cut, malformed, or no object at all.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!HasPrefix(body))
            throw new ProtobufException(body.IsEmpty ? "empty data" : "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        var (apiVersion, kind, raw) = Envelope(body[4..]);
        var result = new JsonObject.Builder { ["kind"] = kind, ["apiVersion"] = apiVersion };
        var (group, version) = GroupVersion.Parse(apiVersion);
        if (BuiltInSchemas.Find(group, version, kind) is { } schema)
            Message(raw, MessageLayout.Of(schema), result, 0);
        return result.Build();
    }

    private static (string ApiVersion, string Kind, byte[] Raw) Envelope(ReadOnlySpan<byte> envelope)
    {
        var (apiVersion, kind, raw) = ("", "", Array.Empty<byte>());
        var reader = new ProtobufReader(envelope);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    var meta = new ProtobufReader(reader.Bytes());
                    while (meta.Next())
                    {
                        if (meta.Field == 1)
                            apiVersion = meta.Text();
                        else if (meta.Field == 2)
                            kind = meta.Text();
                        else
                            meta.Skip();
                    }

                    break;
                case 2:
                    raw = reader.Bytes().ToArray();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (apiVersion, kind, raw);
    }

    private static void Message(ReadOnlySpan<byte> message, MessageLayout layout, JsonObject.Builder result, int depth)
    {
        if (depth > MaxDepth)
            throw new ProtobufException("proto: message nested too deeply");
        var repeated = new RepeatedFields(result);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (layout.Field(reader.Field) is { } property)
                Member(ref reader, property, result, repeated, depth);
            else if (layout.Embedded(reader.Field) is { } embedded)
                Message(reader.Bytes(), embedded, result, depth + 1);
            else
                reader.Skip();
        }

        repeated.Complete();
    }

    private static void Member(ref ProtobufReader reader, StructuralProperty property, JsonObject.Builder result, RepeatedFields repeated, int depth)
    {
        var schema = property.Schema.Resolved;
        if (schema.Type == SchemaType.Array)
        {
            repeated.List(property.Name).AddRange(Items(ref reader, schema.Items!, depth));
        }
        else if (schema is { Type: SchemaType.Object, AdditionalProperties: { } values })
        {
            var (key, value) = Entry(reader.Bytes(), values, depth);
            repeated.Map(property.Name)[key] = value;
        }
        else
        {
            result[property.Name] = Value(ref reader, schema, depth);
        }
    }

    private static ImmutableArray<JsonValue> Items(ref ProtobufReader reader, StructuralSchema items, int depth)
    {
        if (reader.Type != WireType.Bytes || items.Resolved.Type is not (SchemaType.Integer or SchemaType.Boolean))
            return [Value(ref reader, items.Resolved, depth)];
        var packed = new ProtobufReader(reader.Bytes());
        var values = ImmutableArray.CreateBuilder<JsonValue>();
        while (!packed.AtEnd)
            values.Add((long)packed.Varint());
        return values.ToImmutable();
    }

    private static (string Key, JsonValue Value) Entry(ReadOnlySpan<byte> entry, StructuralSchema values, int depth)
    {
        var key = "";
        JsonValue? value = null;
        var schema = values.Resolved;
        var reader = new ProtobufReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text();
            else if (reader.Field == 2)
                value = schema.Type == SchemaType.Array ? Wrapped(reader.Bytes(), schema.Items!, depth) : Value(ref reader, schema, depth);
            else
                reader.Skip();
        }

        return (key, value ?? (schema.Type == SchemaType.String ? "" : JsonValue.Null));
    }

    /// <summary>A list as the value of a map: protobuf needs a message around it.</summary>
    private static JsonArray Wrapped(ReadOnlySpan<byte> message, StructuralSchema items, int depth)
    {
        var values = ImmutableArray.CreateBuilder<JsonValue>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                values.AddRange(Items(ref reader, items, depth));
            else
                reader.Skip();
        }

        return new JsonArray(values.ToImmutable());
    }

    private static JsonValue Value(ref ProtobufReader reader, StructuralSchema schema, int depth)
    {
        if (SpecialMessages.IsSpecial(schema.DefinitionName))
            return SpecialMessages.Read(reader.Bytes(), schema.DefinitionName!, (message, inner) => Struct(message.Span, inner, depth + 1));
        return schema.Type switch
        {
            SchemaType.Boolean => reader.Varint() != 0,
            SchemaType.Integer => (long)reader.Varint(),
            SchemaType.Number => reader.Type == WireType.Fixed64 ? JsonValue.From(reader.Double()) : JsonValue.From((long)reader.Varint()),
            SchemaType.String => schema.Format == "byte" ? Convert.ToBase64String(reader.Bytes()) : reader.Text(),
            _ => Struct(reader.Bytes(), schema, depth + 1),
        };
    }

    private static JsonObject Struct(ReadOnlySpan<byte> message, StructuralSchema schema, int depth)
    {
        var result = new JsonObject.Builder();
        if (schema.DefinitionName is not null)
            Message(message, MessageLayout.Of(schema), result, depth);
        return result.Build();
    }
}
