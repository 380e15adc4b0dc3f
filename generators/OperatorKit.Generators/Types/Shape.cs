namespace OperatorKit.Generators.Types;

/// <summary>What a value looks like in JSON. Scalars are read and written by the method of the same name in <c>ModelReader</c> and <c>ModelWriter</c>.</summary>
internal enum Shape
{
    String,
    Boolean,
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,

    /// <summary><c>DateTime</c>, RFC 3339 in seconds (metav1.Time).</summary>
    Time,

    /// <summary><c>DateTimeOffset</c>, RFC 3339 in seconds.</summary>
    TimeOffset,

    /// <summary><c>DateTime</c>, RFC 3339 with exactly six digits of a second (metav1.MicroTime).</summary>
    MicroTime,

    /// <summary><c>DateOnly</c>, as in <c>2026-01-31</c>.</summary>
    Date,

    /// <summary><c>TimeSpan</c> in Go's notation, as in <c>1h30m</c>.</summary>
    Duration,
    Quantity,
    IntOrString,

    /// <summary><c>byte[]</c> in base64.</summary>
    Bytes,
    Uri,
    Guid,

    /// <summary><c>JsonElement</c>: any JSON.</summary>
    RawJson,

    /// <summary><c>JsonNode</c>: any JSON.</summary>
    JsonNode,

    /// <summary><c>JsonObject</c>: any JSON object.</summary>
    JsonObject,

    /// <summary>An enum, written as a string.</summary>
    Enum,

    /// <summary>An object with members.</summary>
    Record,
    List,
    Set,

    /// <summary>An object with keys of the user.</summary>
    Dictionary,
}

/// <summary>The collection that a reader makes. Its methods are those of the same name in <c>ModelReader</c>.</summary>
internal enum Collection
{
    /// <summary><c>List&lt;T&gt;</c>, for members that callers may add to.</summary>
    List,

    /// <summary>An array, for read-only members; the smallest.</summary>
    Array,
    ImmutableArray,
    ImmutableList,
    HashSet,
    SortedSet,
    ImmutableHashSet,
    ImmutableSortedSet,
    Dictionary,

    /// <summary>For members declared as an interface: an array while the entries are few.</summary>
    SmallDictionary,
    SortedDictionary,
    ImmutableDictionary,
    ImmutableSortedDictionary,
}

internal static class Shapes
{
    public static string CSharpName(Shape shape) => shape switch
    {
        Shape.String => "string",
        Shape.Boolean => "bool",
        Shape.Byte => "byte",
        Shape.SByte => "sbyte",
        Shape.Int16 => "short",
        Shape.UInt16 => "ushort",
        Shape.Int32 => "int",
        Shape.UInt32 => "uint",
        Shape.Int64 => "long",
        Shape.UInt64 => "ulong",
        Shape.Single => "float",
        Shape.Double => "double",
        Shape.Decimal => "decimal",
        Shape.Time or Shape.MicroTime => "global::System.DateTime",
        Shape.TimeOffset => "global::System.DateTimeOffset",
        Shape.Date => "global::System.DateOnly",
        Shape.Duration => "global::System.TimeSpan",
        Shape.Quantity => "global::OperatorKit.Models.Quantity",
        Shape.IntOrString => "global::OperatorKit.Models.IntOrString",
        Shape.Bytes => "byte[]",
        Shape.Uri => "global::System.Uri",
        Shape.Guid => "global::System.Guid",
        Shape.RawJson => "global::System.Text.Json.JsonElement",
        Shape.JsonNode => "global::System.Text.Json.Nodes.JsonNode",
        Shape.JsonObject => "global::System.Text.Json.Nodes.JsonObject",
        _ => throw new System.ArgumentOutOfRangeException(nameof(shape)),
    };

    public static bool IsValueType(Shape shape) => shape is not
        (Shape.String or Shape.Bytes or Shape.Uri or Shape.JsonNode or Shape.JsonObject or Shape.Record or Shape.List or Shape.Set or Shape.Dictionary);

    /// <summary>Whether two objects may share a value: it can never change under one of them.</summary>
    public static bool IsImmutable(Shape shape) => shape is not
        (Shape.Bytes or Shape.JsonNode or Shape.JsonObject or Shape.Record or Shape.List or Shape.Set or Shape.Dictionary);
}
