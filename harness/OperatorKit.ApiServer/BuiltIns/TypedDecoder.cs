using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>
/// Does to a built-in object what Go does by decoding it into its struct and encoding it again: unknown fields go,
/// types must fit, times and quantities become canonical, zero values are left out or written as the field's tags say,
/// and members stand in the order of the declaration.
/// </summary>
internal sealed class TypedDecoder
{
    private readonly List<string> _unknown = [];
    private readonly bool _keepsEmptyLists;
    private bool _hasEmptyLists;

    private TypedDecoder(bool keepsEmptyLists) => _keepsEmptyLists = keepsEmptyLists;

    /// <summary>Decodes an object of a built-in definition.</summary>
    /// <param name="keepsEmptyLists">Whether it is what a client sent: there an empty list is not yet the same as none.</param>
    /// <exception cref="DecodingException">A value does not fit its field.</exception>
    public static DecodedObject Decode(JsonObject value, StructuralSchema schema, bool keepsEmptyLists = false)
    {
        var decoder = new TypedDecoder(keepsEmptyLists);
        var result = decoder.Struct(value, schema.Resolved, null, null);
        return new DecodedObject(result, [.. decoder._unknown], decoder._hasEmptyLists);
    }

    /// <summary>Decodes the metadata of a custom resource, which is typed while the rest is not. Unknown fields are reported below <c>metadata</c>.</summary>
    /// <exception cref="DecodingException">A value does not fit its field.</exception>
    public static DecodedObject DecodeMetadata(JsonObject metadata, FieldPath? path)
    {
        var decoder = new TypedDecoder(keepsEmptyLists: false);
        var result = decoder.Struct(metadata, BuiltInSchemas.ObjectMeta, path, null);
        return new DecodedObject(result, [.. decoder._unknown]);
    }

    private JsonObject Struct(JsonObject value, StructuralSchema schema, FieldPath? path, FieldPath? goPath)
    {
        var result = new JsonObject.Builder(Math.Min(value.Count + 2, schema.Properties.Length));
        foreach (var property in schema.Properties)
        {
            // Most declared fields are absent: a place is made for those alone that have something in them.
            var given = value[property.Name] is { Kind: not JsonKind.Null } some ? some : null;
            if (given is null && IsLeftOut(property))
                continue;
            var place = new Place(schema, property, path.Then(property.Name), goPath.Then(property.Name));
            var decoded = given is null ? null : Value(given, property.Schema, place, place.Path, property.Wire?.GoType ?? "string");
            result[property.Name] = Written(decoded, property, place);
        }

        foreach (var (name, _) in value)
        {
            if (schema.Property(name) is null)
                _unknown.Add(path.Then(name).ToString());
        }

        return result.Build();
    }

    /// <summary>Whether an absent field stays absent.</summary>
    private static bool IsLeftOut(StructuralProperty property) => property.Wire is not { } wire
        || (!wire.IsPointer && ZeroValues.IsStruct(property.Schema.Resolved) ? wire.OmitZero : wire.OmitEmpty);

    private JsonValue? Written(JsonValue? value, StructuralProperty property, Place place)
    {
        if (property.Wire is not { } wire)
            return value is JsonString { Value: "" } ? null : value;
        if (wire.IsPointer)
            return value ?? (wire.OmitEmpty ? null : JsonValue.Null);
        var node = property.Schema.Resolved;
        if (ZeroValues.IsStruct(node))
            return value ?? (wire.OmitZero ? null : ZeroValues.Of(node) ?? Struct(JsonObject.Empty, node, place.Path, place.GoPath));
        var zero = ZeroValues.Of(node)!;
        if (value is null)
            return wire.OmitEmpty ? null : zero;
        if (!ZeroValues.IsZero(value, zero))
            return value;
        // The real server stores most kinds as protobuf, which has no empty lists: they come back as none.
        if (wire.OmitEmpty)
            return null;
        if (KeepsEmpty(place.Owner) || value is not (JsonArray or JsonObject))
            return value;
        _hasEmptyLists = true;
        return _keepsEmptyLists ? value : JsonValue.Null;
    }

    private static bool KeepsEmpty(StructuralSchema owner) => owner.DefinitionName?.StartsWith("io.k8s.api.", StringComparison.Ordinal) != true;

    private JsonValue Value(JsonValue value, StructuralSchema schema, Place place, FieldPath path, string goType)
    {
        var node = schema.Resolved;
        switch (node.DefinitionName)
        {
            case SpecialDefinitions.Time:
                return value is JsonString time ? GoTimes.Canonical(time.Value) : throw place.Mismatch(value, "string");
            case SpecialDefinitions.MicroTime:
                return value is JsonString micro ? GoTimes.CanonicalMicro(micro.Value) : throw place.Mismatch(value, "string");
            case SpecialDefinitions.Quantity:
                return QuantityText.Canonical(value) ?? throw place.Mismatch(value, "resource.Quantity");
            case SpecialDefinitions.IntOrString:
                return IntOrString(value, place);
            case SpecialDefinitions.SchemaOrArray or SpecialDefinitions.SchemaOrBool or SpecialDefinitions.SchemaOrStrings:
                return JsonSchemaUnion(value, place, path);
        }

        if (node.PreserveUnknownFields)
            return value;
        return node.Type switch
        {
            SchemaType.Object when node.AdditionalProperties is { } values => Map(value, values, place, path, goType),
            SchemaType.Object when node.Properties.IsEmpty => value,
            SchemaType.Object => Struct(value as JsonObject ?? throw place.Mismatch(value, goType), node, path, place.GoPath),
            SchemaType.Array => List(value, node.Items!, place, path, goType),
            SchemaType.String => node.Format == "byte" ? Bytes(value, place) : value as JsonString ?? throw place.Mismatch(value, goType),
            SchemaType.Boolean => value as JsonBool ?? throw place.Mismatch(value, goType),
            SchemaType.Integer => Integer(value, place, goType),
            SchemaType.Number => value as JsonNumber ?? throw place.Mismatch(value, goType),
            _ => value,
        };
    }

    private JsonObject Map(JsonValue value, StructuralSchema values, Place place, FieldPath path, string goType)
    {
        if (value is not JsonObject map)
            throw place.Mismatch(value, goType);
        var element = GoTypes.Element(goType, values);
        var result = new JsonObject.Builder(map.Count);
        foreach (var (key, item) in ((IEnumerable<KeyValuePair<string, JsonValue>>)map).OrderBy(static member => member.Key, StringComparer.Ordinal))
            result[key] = item is JsonNull ? Zero(values, place, path) : Value(item, values, place, path.Then(key), element);
        return result.Build();
    }

    private JsonArray List(JsonValue value, StructuralSchema items, Place place, FieldPath path, string goType)
    {
        if (value is not JsonArray list)
            throw place.Mismatch(value, goType);
        var element = GoTypes.Element(goType, items);
        var result = ImmutableArray.CreateBuilder<JsonValue>(list.Count);
        for (var i = 0; i < list.Count; i++)
            result.Add(list[i] is JsonNull ? Zero(items, place, path.Then(i)) : Value(list[i], items, place, path.Then(i), element));
        return new JsonArray(result.MoveToImmutable());
    }

    private JsonValue Zero(StructuralSchema schema, Place place, FieldPath path) =>
        ZeroValues.Of(schema.Resolved) ?? Struct(JsonObject.Empty, schema.Resolved, path, place.GoPath);

    private JsonValue JsonSchemaUnion(JsonValue value, Place place, FieldPath path) => value switch
    {
        JsonObject schema => Struct(schema, BuiltInSchemas.Definition(SpecialDefinitions.JsonSchema), path, place.GoPath),
        JsonArray schemas => new JsonArray([.. schemas.Items.Select((item, i) => JsonSchemaUnion(item, place, path.Then(i)))]),
        _ => value,
    };

    private static JsonValue IntOrString(JsonValue value, Place place) => value switch
    {
        JsonString => value,
        JsonNumber number when number.TryGetInt64(out var integer) && integer is >= int.MinValue and <= int.MaxValue => value,
        JsonNumber number => throw new DecodingException($"json: cannot unmarshal number {number.Token} into Go value of type int32"),
        _ => throw place.Mismatch(value, "intstr.IntOrString"),
    };

    private static JsonNumber Integer(JsonValue value, Place place, string goType)
    {
        if (value is not JsonNumber number)
            throw place.Mismatch(value, goType);
        var fits = number.TryGetInt64(out var integer) && (!goType.EndsWith("int32", StringComparison.Ordinal) || integer is >= int.MinValue and <= int.MaxValue);
        return fits ? number : throw place.Mismatch(value, goType, $"number {number.Token}");
    }

    private static JsonString Bytes(JsonValue value, Place place)
    {
        if (value is not JsonString text)
            throw place.Mismatch(value, "[]uint8");
        return Base64Text.FirstBadByte(text.Value) is { } position
            ? throw new DecodingException(FormattableString.Invariant($"illegal base64 data at input byte {position}"))
            : text;
    }

    /// <summary>Where the decoder stands: the struct and field that Go names in its errors.</summary>
    private sealed record Place(StructuralSchema Owner, StructuralProperty Property, FieldPath Path, FieldPath GoPath)
    {
        public DecodingException Mismatch(JsonValue value, string goType, string? shown = null) => new(
            $"json: cannot unmarshal {shown ?? JsonKindName(value)} into Go struct field {GoTypes.Short(Owner.DefinitionName)}.{GoPath} of type {GoTypes.Qualified(goType, Owner.DefinitionName)}");

        private static string JsonKindName(JsonValue value) => value.Kind switch
        {
            JsonKind.Object => "object",
            JsonKind.Array => "array",
            JsonKind.String => "string",
            JsonKind.Number => "number",
            JsonKind.Bool => "bool",
            _ => "null",
        };
    }
}
