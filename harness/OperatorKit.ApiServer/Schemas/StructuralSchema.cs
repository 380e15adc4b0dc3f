using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Schemas;

/// <summary>
/// One node of a structural schema: what a value may be, how lists and maps merge, what is filled in.
/// Serves custom resources (built from their CRD) and built-in kinds (built from the embedded schema data) alike,
/// so that pruning, defaulting, validation, patches, apply and OpenAPI have one description to read.
/// See https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.
/// </summary>
internal sealed record StructuralSchema
{
    private Dictionary<string, StructuralProperty>? _index;

    public SchemaType Type { get; init; }

    public string? Format { get; init; }

    public string? Description { get; init; }

    public string? Title { get; init; }

    /// <summary>Declared members, in order of declaration.</summary>
    public ImmutableArray<StructuralProperty> Properties
    {
        get;
        init => (field, _index) = (value, null);
    } = [];

    /// <summary>The schema of members that are not declared; null where there are none.</summary>
    public StructuralSchema? AdditionalProperties { get; init; }

    public StructuralSchema? Items { get; init; }

    public bool Nullable { get; init; }

    public JsonValue? Default { get; init; }

    public bool PreserveUnknownFields { get; init; }

    public bool EmbeddedResource { get; init; }

    public bool IntOrString { get; init; }

    /// <summary>How lists merge; null leaves the default, <see cref="SchemaListType.Atomic"/>.</summary>
    public SchemaListType? ListType { get; init; }

    public ImmutableArray<string> ListMapKeys { get; init; } = [];

    /// <summary>How maps and objects merge; null leaves the default, granular.</summary>
    public SchemaMapType? MapType { get; init; }

    /// <summary>For strategic merge patch on built-in kinds: <c>merge</c>, <c>replace</c>, <c>retainKeys</c>, comma separated.</summary>
    public string? PatchStrategy { get; init; }

    public string? PatchMergeKey { get; init; }

    public ValueValidation Validation { get; init; } = ValueValidation.None;

    /// <summary>CEL rules of <c>x-kubernetes-validations</c>, as written.</summary>
    public ImmutableArray<ValidationRule> Rules { get; init; } = [];

    /// <summary>For built-in kinds: the definition that this node stands for. Members are resolved on first use, so types may recurse.</summary>
    public DefinitionReference? Reference { get; init; }

    /// <summary>For built-in kinds: the name of the definition that this node is the content of, such as <c>io.k8s.api.core.v1.PodSpec</c>.</summary>
    public string? DefinitionName { get; init; }

    public bool IsAtomicMap => MapType == SchemaMapType.Atomic;

    /// <summary>This node with its reference followed.</summary>
    public StructuralSchema Resolved => Reference is null ? this : Reference.Target;

    /// <summary>The declared member of that name, or null.</summary>
    public StructuralProperty? Property(string name)
    {
        _index ??= Properties.ToDictionary(static property => property.Name, StringComparer.Ordinal);
        return _index.GetValueOrDefault(name);
    }
}

/// <summary>A declared member and, for built-in kinds, how it travels on the wire.</summary>
internal sealed record StructuralProperty(string Name, StructuralSchema Schema)
{
    /// <summary>Null for custom resources.</summary>
    public WireField? Wire { get; init; }
}

/// <summary>
/// The Go side of a built-in field.
/// </summary>
/// <param name="GoType">Its type as declared: <c>*int32</c>, <c>[]Container</c>, <c>metav1.ObjectMeta</c>.</param>
/// <param name="OmitEmpty">Whether the zero value of a field that is not a pointer is left out when it is written.</param>
/// <param name="OmitZero">As <paramref name="OmitEmpty"/>, for structs too.</param>
/// <param name="Number">The protobuf field number; null for a field that never travels as protobuf.</param>
/// <param name="Inside">Numbers of the protobuf messages that the field lies in, outermost first, where Go embeds structs that JSON inlines.</param>
internal sealed record WireField(string GoType, bool OmitEmpty, bool OmitZero, int? Number, ImmutableArray<int> Inside)
{
    /// <summary>Whether absent and zero differ.</summary>
    public bool IsPointer => GoType.StartsWith('*');
}

/// <summary>A named definition, resolved on first use.</summary>
internal sealed class DefinitionReference(string name, Func<string, StructuralSchema> resolve)
{
    private StructuralSchema? _target;

    public string Name { get; } = name;

    public StructuralSchema Target => _target ??= resolve(Name);
}

internal enum SchemaType
{
    /// <summary>No type given: int-or-string, preserve-unknown, or a raw value.</summary>
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}

internal enum SchemaListType
{
    Atomic,
    Set,
    Map,
}

internal enum SchemaMapType
{
    Granular,
    Atomic,
}
