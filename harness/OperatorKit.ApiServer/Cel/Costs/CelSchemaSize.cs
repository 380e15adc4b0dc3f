using System.Collections.Immutable;
using System.Text;
using OperatorKit.ApiServer.Cel.Types;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Cel.Costs;

/// <summary>
/// How large a value of a schema can get: by the limits that the schema sets, else by what fits into one request. The sizes are those
/// that kube-apiserver estimates costs with.
/// </summary>
internal sealed class CelSchemaSize
{
    private const long RequestBytes = 3 * 1024 * 1024;
    private const long QuotedBytes = RequestBytes - 2;

    private static readonly CelSchemaSize Text = new() { MaxElements = 0, MinBytes = 2 };

    private static readonly CelSchemaSize Metadata = new()
    {
        MinBytes = 2,
        Fields = ImmutableDictionary<string, CelSchemaSize>.Empty.Add("name", FullText).Add("generateName", FullText),
    };

    private CelSchemaSize()
    {
    }

    /// <summary>The most items, members or characters.</summary>
    public long MaxElements { get; private init; }

    /// <summary>The fewest bytes that it takes in JSON.</summary>
    public long MinBytes { get; private init; }

    /// <summary>The items of a list, the values of a map.</summary>
    public CelSchemaSize? Element { get; private init; }

    /// <summary>The keys of a map.</summary>
    public CelSchemaSize? Key { get; private init; }

    /// <summary>The fields of an object by the names that expressions give them.</summary>
    public ImmutableDictionary<string, CelSchemaSize> Fields { get; private init; } = ImmutableDictionary<string, CelSchemaSize>.Empty;

    /// <summary>How often such a value can stand in one request.</summary>
    public ulong MostPerRequest => (ulong)(RequestBytes / (MinBytes + 1));

    private static CelSchemaSize FullText => new() { MaxElements = QuotedBytes, MinBytes = 2 };

    /// <summary>Null where expressions cannot reach the value.</summary>
    public static CelSchemaSize? Of(StructuralSchema schema, bool isResource)
    {
        if (schema.IntOrString)
            return new CelSchemaSize { MaxElements = schema.Validation.MaxLength is { } length ? Bytes(length) : QuotedBytes, MinBytes = 1 };
        return schema.Type switch
        {
            SchemaType.Array => List(schema),
            SchemaType.Object when schema.AdditionalProperties is { } values && !isResource => Map(schema, values),
            SchemaType.Object => Object(schema, isResource),
            SchemaType.String => String(schema),
            SchemaType.Boolean => new CelSchemaSize { MinBytes = 4 },
            SchemaType.Number or SchemaType.Integer => new CelSchemaSize { MinBytes = 1 },
            _ => null,
        };
    }

    private static CelSchemaSize? List(StructuralSchema schema) => schema.Items is { } items && Of(items, items.EmbeddedResource) is { } element
        ? new CelSchemaSize { MaxElements = Math.Max(0, schema.Validation.MaxItems ?? QuotedBytes / (element.MinBytes + 1)), MinBytes = 2, Element = element }
        : null;

    // A key and what stands around it take six bytes.
    private static CelSchemaSize? Map(StructuralSchema schema, StructuralSchema values) => Of(values, values.EmbeddedResource) is { } element
        ? new CelSchemaSize { MaxElements = Math.Max(0, schema.Validation.MaxProperties ?? QuotedBytes / (element.MinBytes + 6)), MinBytes = 2, Element = element, Key = Text }
        : null;

    private static CelSchemaSize Object(StructuralSchema schema, bool isResource)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, CelSchemaSize>(StringComparer.Ordinal);
        long bytes = 2;
        foreach (var (name, property) in schema.Properties.Select(static property => (property.Name, property.Schema)))
        {
            if (Of(property, property.EmbeddedResource) is not { } size)
                continue;
            if (CelFieldNames.Escape(name) is { } escaped)
                fields[escaped] = size;
            if (schema.Validation.Required.Contains(name) && property.Default is null)
                bytes += Encoding.UTF8.GetByteCount(name) + size.MinBytes + 4;
        }

        if (isResource)
            (fields["apiVersion"], fields["kind"], fields["metadata"]) = (FullText, FullText, Metadata);
        return new CelSchemaSize { MinBytes = bytes, Fields = fields.ToImmutable() };
    }

    private static CelSchemaSize String(StructuralSchema schema)
    {
        var length = schema.Validation.MaxLength;
        return schema.Format switch
        {
            "byte" => new CelSchemaSize { MaxElements = length is { } bytes ? Math.Max(0, bytes) : QuotedBytes, MinBytes = 2 },
            "duration" => new CelSchemaSize { MaxElements = 32, MinBytes = 3 },
            "date" => new CelSchemaSize { MaxElements = 12, MinBytes = 12 },
            "date-time" => new CelSchemaSize { MaxElements = 32, MinBytes = 21 },
            _ when length is { } characters => new CelSchemaSize { MaxElements = Bytes(characters), MinBytes = 2 },
            _ when !schema.Validation.Enum.IsEmpty => new CelSchemaSize { MaxElements = schema.Validation.Enum.OfType<JsonString>().Select(static text => (long)Encoding.UTF8.GetByteCount(text.Value)).DefaultIfEmpty().Max(), MinBytes = 2 },
            _ => FullText,
        };
    }

    // A character takes up to four bytes.
    private static long Bytes(long characters) => Math.Max(0, characters) * 4;
}
