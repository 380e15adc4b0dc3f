using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Cel;

internal enum CelKind
{
    /// <summary>Not known, or anything.</summary>
    Unknown,
    Object,
    Map,
    List,
    Text,
    Bytes,
    Number,

    /// <summary>A boolean, a time, null: of one size, and not to be added up.</summary>
    Scalar,
}

/// <summary>
/// What the API server's CEL sees of a schema: members, and how large a value may get at most. Where the schema sets no bound,
/// the size of a request does, as in Kubernetes (apiserver/pkg/cel/common/schemas.go).
/// </summary>
internal sealed class CelType
{
    /// <summary>The size of a request that the API server takes.</summary>
    private const double MaxRequest = 3 * 1024 * 1024;

    private readonly Dictionary<string, CelType> _members = [];

    private CelType(CelKind kind, double maxSize, double minBytes)
    {
        Kind = kind;
        MaxSize = maxSize;
        MinBytes = minBytes;
    }

    public static CelType Unknown { get; } = new(CelKind.Unknown, double.PositiveInfinity, 1);

    public static CelType Scalar { get; } = new(CelKind.Scalar, 1, 4);

    public static CelType Number { get; } = new(CelKind.Number, 1, 1);

    public CelKind Kind { get; }

    /// <summary>The most characters, bytes, items or entries that a value has; 1 for all else.</summary>
    public double MaxSize { get; }

    /// <summary>The fewest bytes that a value takes in JSON.</summary>
    public double MinBytes { get; }

    /// <summary>The items of a list, the values of a map.</summary>
    public CelType? Item { get; private init; }

    /// <summary>How often the value fits into one request.</summary>
    public double MaxCount => MaxRequest / (MinBytes + 1);

    public static CelType Text(double maxSize = double.PositiveInfinity) => new(CelKind.Text, maxSize, 2);

    public static CelType List(CelType item, double maxSize) => new(CelKind.List, maxSize, 2) { Item = item };

    public static CelType Bytes(double maxSize) => new(CelKind.Bytes, maxSize, 2);

    /// <summary>A member of an object; null where it has none of this name.</summary>
    public CelType? Member(string name) => _members.TryGetValue(name, out var member) ? member : null;

    public static CelType Of(Mapping schema, bool isRoot = false)
    {
        if (Flag(schema, "x-kubernetes-int-or-string"))
            return new CelType(CelKind.Unknown, Long(schema, "maxLength") * 4 ?? MaxRequest - 2, 1);
        switch ((schema["type"] as Scalar)?.Value)
        {
            case "array" when schema["items"] is Mapping items:
                var item = Of(items, Flag(items, "x-kubernetes-embedded-resource"));
                return List(item, Long(schema, "maxItems") ?? (MaxRequest - 2) / (item.MinBytes + 1));
            case "object" when schema["additionalProperties"] is Mapping values:
                var value = Of(values, Flag(values, "x-kubernetes-embedded-resource"));
                return new CelType(CelKind.Map, Long(schema, "maxProperties") ?? (MaxRequest - 2) / (value.MinBytes + 6), 2) { Item = value };
            case "object":
                return Object(schema, isRoot || Flag(schema, "x-kubernetes-embedded-resource"));
            case "string":
                return Text(schema);
            case "boolean":
                return Scalar;
            case "integer" or "number":
                return Number;
            default:
                return Unknown;
        }
    }

    private static CelType Object(Mapping schema, bool isRoot)
    {
        var required = schema["required"] is Sequence names ? names.Items.OfType<Scalar>().Select(static n => n.Value).ToList() : [];
        var members = (schema["properties"] as Mapping ?? Mapping.Empty).Entries.ToDictionary(static p => p.Key, static p => (Schema: (Mapping)p.Value, Type: Of((Mapping)p.Value)));
        var least = 2 + members.Where(m => required.Contains(m.Key) && m.Value.Schema["default"] is null).Sum(static m => m.Key.Length + m.Value.Type.MinBytes + 4);
        var type = new CelType(CelKind.Object, 1, least);
        foreach (var member in members)
            type._members[member.Key] = member.Value.Type;
        if (!isRoot)
            return type;

        // Of an object's metadata a rule sees the two names alone.
        var metadata = new CelType(CelKind.Object, 1, 2);
        metadata._members["name"] = metadata._members["generateName"] = Text(MaxRequest - 2);
        type._members["apiVersion"] = type._members["kind"] = Text(MaxRequest - 2);
        type._members["metadata"] = metadata;
        return type;
    }

    private static CelType Text(Mapping schema) => (schema["format"] as Scalar)?.Value switch
    {
        "byte" => Bytes(Long(schema, "maxLength") ?? MaxRequest - 2),
        "date-time" => new CelType(CelKind.Scalar, 1, 21),
        "date" => new CelType(CelKind.Scalar, 1, 12),
        "duration" => new CelType(CelKind.Scalar, 1, 3),
        _ when Long(schema, "maxLength") is { } most => Text(most * 4),
        _ when schema["enum"] is Sequence values => Text(values.Items.OfType<Scalar>().Max(static v => v.Value.Length)),
        _ => Text(MaxRequest - 2),
    };

    private static bool Flag(Mapping schema, string name) => schema[name] is Scalar { Value: "true" };

    private static double? Long(Mapping schema, string name)
        => schema[name] is Scalar text && long.TryParse(text.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
