namespace OperatorKit.Generators.Schemas;

/// <summary>What a value is, seen from JSON.</summary>
internal enum ValueKind
{
    Boolean,
    Integer,
    Number,
    String,
    Enum,
    DateTime,
    DateTimeOffset,
    Date,
    Duration,
    Guid,
    Uri,
    Bytes,
    IntOrString,
    Quantity,

    /// <summary>Any JSON value.</summary>
    Any,

    /// <summary>Any JSON object.</summary>
    AnyObject,

    /// <summary>The metadata of an embedded object.</summary>
    ObjectMeta,

    /// <summary>A type with members; its <see cref="TypeSchema"/> is found by <see cref="ValueSchema.CSharp"/>.</summary>
    Object,
    List,
    Set,
    Dictionary,
}

/// <summary>The type of a member, an item or a dictionary value.</summary>
/// <param name="Kind">What it is in JSON.</param>
/// <param name="CSharp">How C# spells the type, fully qualified, without a trailing question mark.</param>
/// <param name="IsValueType">Whether <c>T?</c> is a <c>Nullable&lt;T&gt;</c>.</param>
/// <param name="Item">The type of items or dictionary values.</param>
/// <param name="ItemIsNullable">Whether items or dictionary values may be null in C#.</param>
internal sealed record ValueSchema(ValueKind Kind, string CSharp, bool IsValueType, ValueSchema? Item = null, bool ItemIsNullable = false)
{
    /// <summary>Whether the values are kept by the compiler's own idea of equality, and not by what is inside a collection.</summary>
    public bool IsCollection => Kind is ValueKind.List or ValueKind.Set or ValueKind.Dictionary or ValueKind.Bytes;
}
