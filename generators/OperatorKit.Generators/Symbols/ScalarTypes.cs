using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Symbols;

/// <summary>Which types are one JSON value.</summary>
internal static class ScalarTypes
{
    public static Shape? ShapeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => Shape.String,
        SpecialType.System_Boolean => Shape.Boolean,
        SpecialType.System_Byte => Shape.Byte,
        SpecialType.System_SByte => Shape.SByte,
        SpecialType.System_Int16 => Shape.Int16,
        SpecialType.System_UInt16 => Shape.UInt16,
        SpecialType.System_Int32 => Shape.Int32,
        SpecialType.System_UInt32 => Shape.UInt32,
        SpecialType.System_Int64 => Shape.Int64,
        SpecialType.System_UInt64 => Shape.UInt64,
        SpecialType.System_Single => Shape.Single,
        SpecialType.System_Double => Shape.Double,
        SpecialType.System_Decimal => Shape.Decimal,
        SpecialType.System_DateTime => Shape.Time,
        SpecialType.None when type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => Shape.Bytes,
        SpecialType.None when type is INamedTypeSymbol => Named(type.FullName()),
        _ => null,
    };

    private static Shape? Named(string name) => name switch
    {
        "System.DateTimeOffset" => Shape.TimeOffset,
        "System.DateOnly" => Shape.Date,
        "System.TimeSpan" => Shape.Duration,
        "System.Guid" => Shape.Guid,
        "System.Uri" => Shape.Uri,
        "System.Text.Json.JsonElement" => Shape.RawJson,
        "System.Text.Json.Nodes.JsonNode" => Shape.JsonNode,
        "System.Text.Json.Nodes.JsonObject" => Shape.JsonObject,
        "OperatorKit.Models.Quantity" => Shape.Quantity,
        "OperatorKit.Models.IntOrString" => Shape.IntOrString,
        _ => null,
    };
}

/// <summary>Which types are lists, sets and dictionaries, and what a reader makes for them.</summary>
internal static class CollectionTypes
{
    public static (Shape Shape, Collection Collection)? ShapeOf(string fullName) => fullName switch
    {
        "System.Collections.Generic.IReadOnlyList`1" or "System.Collections.Generic.IReadOnlyCollection`1" or "System.Collections.Generic.IEnumerable`1"
            => (Shape.List, Collection.Array),
        "System.Collections.Generic.IList`1" or "System.Collections.Generic.ICollection`1" or "System.Collections.Generic.List`1"
            => (Shape.List, Collection.List),
        "System.Collections.Immutable.ImmutableArray`1" => (Shape.List, Collection.ImmutableArray),
        "System.Collections.Immutable.ImmutableList`1" or "System.Collections.Immutable.IImmutableList`1" => (Shape.List, Collection.ImmutableList),
        "System.Collections.Generic.IReadOnlySet`1" or "System.Collections.Generic.ISet`1" or "System.Collections.Generic.HashSet`1"
            => (Shape.Set, Collection.HashSet),
        "System.Collections.Generic.SortedSet`1" => (Shape.Set, Collection.SortedSet),
        "System.Collections.Immutable.ImmutableHashSet`1" or "System.Collections.Immutable.IImmutableSet`1" => (Shape.Set, Collection.ImmutableHashSet),
        "System.Collections.Immutable.ImmutableSortedSet`1" => (Shape.Set, Collection.ImmutableSortedSet),
        "System.Collections.Generic.IReadOnlyDictionary`2" or "System.Collections.Generic.IDictionary`2" => (Shape.Dictionary, Collection.SmallDictionary),
        "System.Collections.Generic.Dictionary`2" => (Shape.Dictionary, Collection.Dictionary),
        "System.Collections.Generic.SortedDictionary`2" => (Shape.Dictionary, Collection.SortedDictionary),
        "System.Collections.Immutable.ImmutableDictionary`2" or "System.Collections.Immutable.IImmutableDictionary`2"
            => (Shape.Dictionary, Collection.ImmutableDictionary),
        "System.Collections.Immutable.ImmutableSortedDictionary`2" => (Shape.Dictionary, Collection.ImmutableSortedDictionary),
        _ => null,
    };
}
