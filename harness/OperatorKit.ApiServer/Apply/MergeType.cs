using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>
/// How a value merges: what it may be (scalar, list, map; several where the type follows the value) and how its parts are owned.
/// Derived from a structural schema once and kept with it.
/// </summary>
internal sealed class MergeType
{
    private static readonly ConditionalWeakTable<StructuralSchema, MergeType> Known = [];
    private static readonly ConditionalWeakTable<StructuralSchema, MergeType> KnownObjects = [];

    private readonly StructuralSchema? _schema;
    private readonly ImmutableDictionary<string, MergeType> _extra;

    private MergeType(StructuralSchema? schema, ImmutableDictionary<string, MergeType> extra)
    {
        _schema = schema?.Resolved;
        _extra = extra;
        if (_schema is null || (_schema.Type == SchemaType.Any && !IsEitherScalar(_schema) && _extra.IsEmpty))
        {
            (Scalar, IsList, IsMap, FreeMembers) = (ScalarType.Any, true, true, true);
            return;
        }

        switch (_schema.Type)
        {
            case SchemaType.Object or SchemaType.Any when !IsEitherScalar(_schema):
                IsMap = true;
                // What a field says of its own use of a definition counts more than the definition.
                IsAtomicMap = (schema!.MapType ?? _schema.MapType) == SchemaMapType.Atomic;
                FreeMembers = _schema.PreserveUnknownFields || (_schema.Properties.IsEmpty && _schema.AdditionalProperties is null && _extra.IsEmpty);
                break;
            case SchemaType.Array:
                IsList = true;
                (ListType, ListKeys) = ListRelation(_schema);
                break;
            default:
                Scalar = ScalarOf(_schema);
                break;
        }
    }

    /// <summary>The type that follows the value: maps are granular, lists atomic.</summary>
    public static MergeType Deduced { get; } = new(null, ImmutableDictionary<string, MergeType>.Empty);

    public ScalarType? Scalar { get; }

    public bool IsList { get; }

    public bool IsMap { get; }

    public bool IsAtomicMap { get; }

    public SchemaListType ListType { get; } = SchemaListType.Atomic;

    /// <summary>The key members of a list of type map; none for a set.</summary>
    public ImmutableArray<string> ListKeys { get; } = [];

    /// <summary>The type of list items; null where the value is no list.</summary>
    public MergeType? Element => !IsList ? null : _schema?.Items is { } items ? For(items) : Deduced;

    /// <summary>Whether members that nothing declares are taken as they come.</summary>
    private bool FreeMembers { get; }

    public static MergeType For(StructuralSchema schema) =>
        Known.GetValue(schema, static key => new MergeType(key, key.Resolved.EmbeddedResource ? TypedMembers(key.Resolved) : ImmutableDictionary<string, MergeType>.Empty));

    /// <summary>The type of a whole object: a custom resource's schema gets the apiVersion, kind and metadata that it leaves out.</summary>
    public static MergeType ForObject(StructuralSchema schema) => KnownObjects.GetValue(schema, static key => new MergeType(key, TypedMembers(key.Resolved)));

    /// <summary>Whether the schema declares the member, rather than letting it pass.</summary>
    public bool Declares(string name) => _extra.ContainsKey(name) || _schema?.Property(name) is not null;

    /// <summary>The type of a member; null where it may not exist.</summary>
    public MergeType? Field(string name)
    {
        if (!IsMap)
            return null;
        if (_extra.TryGetValue(name, out var extra))
            return extra;
        if (_schema?.Property(name) is { } property)
            return For(property.Schema);
        return _schema?.AdditionalProperties is { } additional ? For(additional) : FreeMembers ? Deduced : null;
    }

    /// <summary>What stands in for a list item's key member that is missing; null where nothing does.</summary>
    public JsonValue? KeyDefault(string name) => _schema?.Property(name)?.Schema.Default;

    /// <summary>Which of the shapes that this type allows a value has.</summary>
    public MergeShape ShapeOf(JsonValue value) => value switch
    {
        JsonObject when IsMap => MergeShape.Map,
        JsonArray when IsList => MergeShape.List,
        JsonString or JsonNumber or JsonBool when Scalar is not null => MergeShape.Scalar,
        _ => IsMap ? MergeShape.Map : Scalar is not null ? MergeShape.Scalar : MergeShape.List,
    };

    private static ImmutableDictionary<string, MergeType> TypedMembers(StructuralSchema schema) => schema.Property("metadata")?.Schema.Resolved.Properties is { IsEmpty: false }
        ? ImmutableDictionary<string, MergeType>.Empty
        : ObjectMetaType.Members;

    private static (SchemaListType Type, ImmutableArray<string> Keys) ListRelation(StructuralSchema schema)
    {
        if (schema.ListType is { } type)
            return (type, type == SchemaListType.Map ? schema.ListMapKeys : []);
        if (schema.PatchStrategy is not ("merge" or "merge,retainKeys"))
            return (SchemaListType.Atomic, []);
        return schema.PatchMergeKey is { } key ? (SchemaListType.Map, [key]) : (SchemaListType.Set, []);
    }

    // A quantity too may be written as a number or as a string.
    private static bool IsEitherScalar(StructuralSchema schema) => schema.IntOrString || schema.Format is "int-or-string" or "quantity";

    private static ScalarType ScalarOf(StructuralSchema schema) => schema.Type switch
    {
        _ when IsEitherScalar(schema) => ScalarType.Any,
        SchemaType.Integer or SchemaType.Number => ScalarType.Number,
        SchemaType.Boolean => ScalarType.Boolean,
        SchemaType.String => ScalarType.String,
        _ => ScalarType.Any,
    };
}

internal enum ScalarType
{
    Any,
    String,
    Number,
    Boolean,
}

internal enum MergeShape
{
    Map,
    Scalar,
    List,
}
