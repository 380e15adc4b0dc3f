using System.Globalization;
using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Protobuf;

/// <summary>
/// Writes objects of built-in kinds, lists of them and statuses as typed Go clients read them: what <see cref="ObjectReader"/> reads.
/// A member that JSON leaves out is left out here too, since absent and zero are the same to the structs that do so.
/// </summary>
internal static class ObjectWriter
{
    private const string ListSuffix = "List";

    public static byte[] Write(JsonObject obj)
    {
        var (kind, apiVersion) = (obj.StringAt("kind") ?? "", obj.StringAt("apiVersion") ?? "");
        var writer = new ProtobufWriter();
        writer.Raw(ObjectReader.Prefix);
        writer.Message(1, meta =>
        {
            meta.Text(1, apiVersion);
            meta.Text(2, kind);
        });
        writer.Message(2, message => Whole(message, obj, kind, apiVersion));
        writer.Text(3, "");
        writer.Text(4, "");
        return writer.Written.ToArray();
    }

    private static void Whole(ProtobufWriter writer, JsonObject obj, string kind, string apiVersion)
    {
        if (obj["items"] is JsonArray items && kind.EndsWith(ListSuffix, StringComparison.Ordinal))
        {
            writer.Message(1, metadata => ListMetadata(metadata, obj.ObjectAt("metadata") ?? JsonObject.Empty));
            foreach (var item in items.OfType<JsonObject>())
                writer.Message(2, message => Whole(message, item, kind[..^ListSuffix.Length], apiVersion));
        }
        else if (kind == "PartialObjectMetadata")
        {
            writer.Message(1, metadata => Struct(metadata, obj.ObjectAt("metadata") ?? JsonObject.Empty, BuiltInSchemas.ObjectMeta));
        }
        else
        {
            var (group, version) = GroupVersion.Parse(apiVersion);
            Struct(writer, obj, BuiltInSchemas.Find(group, version, kind) ?? throw new InvalidOperationException($"{kind} of {apiVersion} has no protobuf form."));
        }
    }

    private static void ListMetadata(ProtobufWriter writer, JsonObject metadata)
    {
        writer.Text(1, "");
        writer.Text(2, metadata.StringAt("resourceVersion") ?? "");
        writer.Text(3, metadata.StringAt("continue") ?? "");
        if (metadata.LongAt("remainingItemCount") is { } remaining)
            writer.Integer(4, remaining);
    }

    private static void Struct(ProtobufWriter writer, JsonObject value, StructuralSchema schema)
    {
        if (schema.DefinitionName is not null)
            Members(writer, value, MessageLayout.Of(schema));
    }

    private static void Members(ProtobufWriter writer, JsonObject value, MessageLayout layout)
    {
        foreach (var (number, property) in layout.Fields)
        {
            if (value[property.Name] is { Kind: not JsonKind.Null } member)
                Member(writer, number, member, property.Schema.Resolved);
        }

        foreach (var (number, inner) in layout.EmbeddedMessages)
            writer.Message(number, message => Members(message, value, inner));
    }

    private static void Member(ProtobufWriter writer, int number, JsonValue member, StructuralSchema schema)
    {
        if (schema.Type == SchemaType.Array)
        {
            Items(writer, number, (JsonArray)member, schema.Items!);
        }
        else if (schema is { Type: SchemaType.Object, AdditionalProperties: { } values } && !SpecialMessages.IsSpecial(schema.DefinitionName))
        {
            foreach (var (key, value) in (JsonObject)member)
            {
                writer.Message(number, entry =>
                {
                    entry.Text(1, key);
                    if (value is JsonArray list && values.Resolved.Type == SchemaType.Array)
                        entry.Message(2, wrapped => Items(wrapped, 1, list, values.Resolved.Items!));
                    else
                        Value(entry, 2, value, values.Resolved);
                });
            }
        }
        else
        {
            Value(writer, number, member, schema);
        }
    }

    private static void Items(ProtobufWriter writer, int number, JsonArray list, StructuralSchema items)
    {
        foreach (var item in list)
            Value(writer, number, item, items.Resolved);
    }

    private static void Value(ProtobufWriter writer, int number, JsonValue value, StructuralSchema schema)
    {
        if (SpecialMessages.IsSpecial(schema.DefinitionName))
        {
            writer.Message(number, message => SpecialMessages.Write(message, value, schema.DefinitionName!, Struct));
            return;
        }

        switch (schema.Type)
        {
            case SchemaType.Boolean:
                writer.Integer(number, value is JsonBool { Value: true } ? 1 : 0);
                break;
            case SchemaType.Integer:
                writer.Integer(number, value is JsonNumber integer && integer.TryGetInt64(out var whole) ? whole : 0);
                break;
            case SchemaType.Number:
                writer.Double(number, value is JsonNumber real ? double.Parse(real.Token, CultureInfo.InvariantCulture) : 0);
                break;
            case SchemaType.String when schema.Format == "byte":
                writer.Bytes(number, value is JsonString encoded ? Convert.FromBase64String(encoded.Value) : []);
                break;
            case SchemaType.String:
                writer.Text(number, (value as JsonString)?.Value ?? "");
                break;
            default:
                writer.Message(number, message => Struct(message, value as JsonObject ?? JsonObject.Empty, schema));
                break;
        }
    }
}
