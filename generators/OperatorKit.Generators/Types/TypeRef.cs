namespace OperatorKit.Generators.Types;

/// <summary>The type of a member: how it is spelled in C# and what it looks like in JSON.</summary>
/// <param name="Shape">What it looks like in JSON.</param>
/// <param name="Name">The C# type with <c>global::</c> and without a question mark.</param>
internal sealed record TypeRef(Shape Shape, string Name)
{
    /// <summary>Whether the member may be null: <c>T?</c> for references and values alike.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether it is a struct or an enum.</summary>
    public bool IsValueType { get; init; }

    /// <summary>
    /// For enums and records the C# type whose static <c>ReadJson</c> and <c>WriteJson</c> do the work: the type itself where it
    /// implements <c>IJsonModel</c>, else the static class that is emitted beside it.
    /// </summary>
    public string? Json { get; init; }

    /// <summary>The items of a list or set, the values of a dictionary.</summary>
    public TypeRef? Item { get; init; }

    /// <summary>For lists, sets and dictionaries, the collection to make when reading.</summary>
    public Collection Collection { get; init; }

    /// <summary>The type as it is written in a declaration.</summary>
    public string Declaration => Nullable ? Name + "?" : Name;

    /// <summary>Whether the C# compiler sees <see cref="System.Nullable{T}"/>.</summary>
    public bool IsNullableValue => Nullable && IsValueType;

    public static TypeRef Scalar(Shape shape, bool nullable = false) =>
        new(shape, Shapes.CSharpName(shape)) { Nullable = nullable, IsValueType = Shapes.IsValueType(shape) };

    public static TypeRef Record(string name, string json, bool nullable = false, bool isValueType = false) =>
        new(Shape.Record, name) { Json = json, Nullable = nullable, IsValueType = isValueType };

    public static TypeRef Enum(string name, string json, bool nullable = false) =>
        new(Shape.Enum, name) { Json = json, Nullable = nullable, IsValueType = true };

    public static TypeRef List(TypeRef item, Collection collection = Collection.List, string? name = null, bool nullable = false) =>
        new(Shape.List, name ?? $"global::System.Collections.Generic.IList<{item.Declaration}>") { Item = item, Collection = collection, Nullable = nullable };

    public static TypeRef Set(TypeRef item, string name, Collection collection = Collection.HashSet, bool nullable = false) =>
        new(Shape.Set, name) { Item = item, Collection = collection, Nullable = nullable };

    public static TypeRef Dictionary(TypeRef item, Collection collection = Collection.SmallDictionary, string? name = null, bool nullable = false) =>
        new(Shape.Dictionary, name ?? $"global::System.Collections.Generic.IDictionary<string, {item.Declaration}>")
        {
            Item = item,
            Collection = collection,
            Nullable = nullable,
        };
}
