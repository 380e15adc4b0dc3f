using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>A type that the checker knows; also the value of <c>type(x)</c>.</summary>
internal sealed class CelType
{
    private CelType(CelTypeKind kind, string name, ImmutableArray<CelType> parameters = default, CelObjectShape? shape = null, ImmutableDictionary<string, CelType>? members = null)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters.IsDefault ? [] : parameters;
        Shape = shape;
        Members = members;
    }

    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    /// <summary>The type of what an empty list holds: whatever the other side of a comparison or choice has.</summary>
    public static CelType Undetermined { get; } = new(CelTypeKind.Dyn, "dyn");

    public static CelType Null { get; } = new(CelTypeKind.Null, "null");

    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    public static CelType String { get; } = new(CelTypeKind.String, "string");

    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "timestamp");

    public static CelType Duration { get; } = new(CelTypeKind.Duration, "duration");

    public static CelType Type { get; } = new(CelTypeKind.Type, "type");

    public CelTypeKind Kind { get; }

    public string Name { get; }

    public ImmutableArray<CelType> Parameters { get; }

    /// <summary>The fields of an object type.</summary>
    public CelObjectShape? Shape { get; }

    /// <summary>The fields of a message type; null where it has any field that an expression names.</summary>
    public ImmutableDictionary<string, CelType>? Members { get; }

    public static CelType List(CelType item) => new(CelTypeKind.List, "list", [item]);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", [key, value]);

    public static CelType Optional(CelType value) => new(CelTypeKind.Opaque, "optional_type", [value]);

    public static CelType Opaque(string name) => new(CelTypeKind.Opaque, name);

    public static CelType Object(CelObjectShape shape) => new(CelTypeKind.Object, "object", shape: shape);

    /// <summary>A type with a name of its own, whose fields no schema gives.</summary>
    /// <param name="members">Its fields; null where it has any field that an expression names.</param>
    public static CelType Message(string name, ImmutableDictionary<string, CelType>? members) => new(CelTypeKind.Message, name, members: members);

    /// <summary>A type that a call determines.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    public bool IsOptional => Kind == CelTypeKind.Opaque && Name == "optional_type";

    /// <summary>Whether it is an opaque type that upstream declares as a message, and then says nothing about its fields.</summary>
    public bool IsClosedMessage => Kind == CelTypeKind.Opaque && Name.StartsWith("kubernetes.", StringComparison.Ordinal);

    /// <summary>Whether both are the same type. Types of <c>type(x)</c> compare without their parameters.</summary>
    public bool Same(CelType other) => ReferenceEquals(this, other)
        || (Kind == other.Kind && Name == other.Name && Parameters.Length == other.Parameters.Length && Shape?.Schema == other.Shape?.Schema
            && Parameters.Zip(other.Parameters).All(static pair => pair.First.Same(pair.Second)));

    /// <summary>As <see cref="Same"/>, where what is still open on one side is what it is on the other.</summary>
    public bool SameWhereDetermined(CelType other) => Determined(other).Same(other.Determined(this));

    /// <summary>The type, with what is still open in it taken from another one.</summary>
    public CelType Determined(CelType other)
    {
        if (ReferenceEquals(this, Undetermined))
            return other;
        return (Kind, other.Kind) switch
        {
            (CelTypeKind.List, CelTypeKind.List) => List(Parameters[0].Determined(other.Parameters[0])),
            (CelTypeKind.Map, CelTypeKind.Map) => Map(Parameters[0].Determined(other.Parameters[0]), Parameters[1].Determined(other.Parameters[1])),
            _ => this,
        };
    }

    public override string ToString() => Parameters.IsEmpty ? Name : $"{Name}({string.Join(", ", Parameters)})";
}

internal enum CelTypeKind
{
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    Type,
    List,
    Map,
    Object,

    /// <summary>A type with a name of its own: what an admission expression sees of a request, and what it makes.</summary>
    Message,

    /// <summary>A type that only its own functions look into: optional, URL, quantity.</summary>
    Opaque,
    Parameter,
}
