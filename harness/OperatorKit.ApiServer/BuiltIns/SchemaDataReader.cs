using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>Makes structural schemas of definitions of the schema data.</summary>
internal static class SchemaDataReader
{
    /// <summary>Definitions that are written as one thing in Go and as several in JSON, or as anything at all.</summary>
    private static readonly Dictionary<string, StructuralSchema> Free = new(StringComparer.Ordinal)
    {
        [SpecialDefinitions.Quantity] = new StructuralSchema { Format = "quantity" },
        [SpecialDefinitions.IntOrString] = new StructuralSchema { IntOrString = true, Format = "int-or-string" },
        [SpecialDefinitions.RawExtension] = new StructuralSchema { Type = SchemaType.Object, PreserveUnknownFields = true, MapType = SchemaMapType.Atomic },
        [SpecialDefinitions.FieldsV1] = new StructuralSchema { Type = SchemaType.Object, PreserveUnknownFields = true },
        [SpecialDefinitions.Json] = new StructuralSchema { PreserveUnknownFields = true },
        [SpecialDefinitions.SchemaOrArray] = new StructuralSchema { PreserveUnknownFields = true },
        [SpecialDefinitions.SchemaOrBool] = new StructuralSchema { PreserveUnknownFields = true },
        [SpecialDefinitions.SchemaOrStrings] = new StructuralSchema { PreserveUnknownFields = true },
    };

    public static StructuralSchema Read(string name, JsonObject definition)
    {
        if (Free.TryGetValue(name, out var free))
            return free with { DefinitionName = name };
        var schema = Node(definition) with { DefinitionName = name };
        if (definition.ArrayAt("fields") is not { } fields)
            return schema;

        var required = ImmutableArray.CreateBuilder<string>();
        var properties = ImmutableArray.CreateBuilder<StructuralProperty>(fields.Count);
        foreach (var field in fields.Items.Cast<JsonObject>())
        {
            var property = field.StringAt("name")!;
            if (field.BoolAt("required") == true)
                required.Add(property);
            properties.Add(new StructuralProperty(property, Node(field)) { Wire = Wire(field) });
        }

        return schema with
        {
            Type = SchemaType.Object,
            Properties = properties.DrainToImmutable(),
            Validation = new ValueValidation { Required = required.DrainToImmutable() },
        };
    }

    private static StructuralSchema Node(JsonObject node) => new()
    {
        Type = SchemaTypes.Parse(node.StringAt("type")),
        Format = node.StringAt("format"),
        Default = node["default"],
        Reference = node.StringAt("ref") is { } target ? new DefinitionReference(target, BuiltInSchemas.Definition) : null,
        Items = node.ObjectAt("items") is { } items ? Node(items) : null,
        AdditionalProperties = node.ObjectAt("map") is { } values ? Node(values) : null,
        ListType = node.StringAt("listType") switch
        {
            "set" => SchemaListType.Set,
            "map" => SchemaListType.Map,
            "atomic" => SchemaListType.Atomic,
            _ => null,
        },
        ListMapKeys = Strings(node.ArrayAt("listMapKeys")),
        MapType = node.StringAt("mapType") switch
        {
            "atomic" => SchemaMapType.Atomic,
            "granular" => SchemaMapType.Granular,
            _ => null,
        },
        PatchStrategy = node.StringAt("patchStrategy"),
        PatchMergeKey = node.StringAt("patchMergeKey"),
    };

    private static WireField? Wire(JsonObject field) => field.StringAt("go") is not { } type
        ? null
        : new WireField(
            type,
            field.BoolAt("omitempty") == true,
            field.BoolAt("omitzero") == true,
            (int?)field.LongAt("pb"),
            field.ArrayAt("in") is { } inside ? [.. inside.Items.Cast<JsonNumber>().Select(static number => number.TryGetInt64(out var value) ? (int)value : 0)] : []);

    private static ImmutableArray<string> Strings(JsonArray? array) => array is null ? [] : [.. array.Items.Cast<JsonString>().Select(static item => item.Value)];
}
