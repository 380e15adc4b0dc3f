using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>A type that the checker knows; also the value of <c>type(x)</c>.</summary>
internal sealed class CelType
{
    private CelType(CelTypeKind kind, string name, ImmutableArray<CelType> parameters = default, CelObjectShape? shape = null)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters.IsDefault ? [] : parameters;
        Shape = shape;
    }

    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

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

    public static CelType List(CelType item) => new(CelTypeKind.List, "list", [item]);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", [key, value]);

    public static CelType Optional(CelType value) => new(CelTypeKind.Opaque, "optional_type", [value]);

    public static CelType Opaque(string name) => new(CelTypeKind.Opaque, name);

    public static CelType Object(CelObjectShape shape) => new(CelTypeKind.Object, "object", shape: shape);

    /// <summary>A type that a call determines.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    public bool IsOptional => Kind == CelTypeKind.Opaque && Name == "optional_type";

    /// <summary>Whether both are the same type. Types of <c>type(x)</c> compare without their parameters.</summary>
    public bool Same(CelType other) => ReferenceEquals(this, other)
        || (Kind == other.Kind && Name == other.Name && Parameters.Length == other.Parameters.Length && Shape?.Schema == other.Shape?.Schema
            && Parameters.Zip(other.Parameters).All(static pair => pair.First.Same(pair.Second)));

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

    /// <summary>A type that only its own functions look into: optional, URL, quantity.</summary>
    Opaque,
    Parameter,
}
