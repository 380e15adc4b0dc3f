using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Json;

/// <summary>C# expressions that read, write and create the value of a type.</summary>
internal static class JsonExpressions
{
    private const string Reader = "global::OperatorKit.Serialization.ModelReader";
    private const string Writer = "global::OperatorKit.Serialization.ModelWriter";
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Generic = "global::System.Collections.Generic.";

    /// <summary>An expression for the value that the reader stands on; it is not null.</summary>
    public static string Read(TypeRef type, string reader = "reader") => type.Shape switch
    {
        Shape.Record or Shape.Enum => $"{type.Json}.ReadJson(ref {reader})",
        Shape.List or Shape.Set or Shape.Dictionary => ReadCollection(type, reader),
        _ => $"{Reader}.{type.Shape}(ref {reader})",
    };

    /// <summary>A statement that writes a value without a name; it is not null.</summary>
    public static string Write(TypeRef type, string value, string writer = "writer") => type.Shape switch
    {
        Shape.Record or Shape.Enum => $"{type.Json}.WriteJson({writer}, {value})",
        Shape.List or Shape.Set or Shape.Dictionary => $"{Writer}.{type.Shape}({writer}, {value}, {WriteDelegate(type.Item!)})",
        _ => $"{Writer}.{type.Shape}({writer}, {value})",
    };

    /// <summary>A statement that writes a scalar or collection with its name, and nothing when it is null.</summary>
    public static string WriteMember(TypeRef type, string name, string value) => type.Shape switch
    {
        Shape.List or Shape.Set or Shape.Dictionary => $"{Writer}.{type.Shape}(writer, {name}, {value}, {WriteDelegate(type.Item!)});",
        _ => $"{Writer}.{type.Shape}(writer, {name}, {value});",
    };

    /// <summary>An expression for the value that a member that C# requires has when the JSON does not name it: Go's zero.</summary>
    public static string Zero(TypeRef type) => type switch
    {
        { Nullable: true } => "null",
        { Shape: Shape.Record } when type.Json == type.Name => $"new {type.Name}()",
        { Shape: Shape.Record } => $"{type.Json}.Create()",
        { IsValueType: true } => "default",
        { Shape: Shape.String } => "\"\"",
        { Shape: Shape.Bytes } or { Item: not null, Collection: Collection.List or Collection.Array } => "[]",
        { Shape: Shape.JsonNode or Shape.JsonObject } => "new global::System.Text.Json.Nodes.JsonObject()",
        { Shape: Shape.List or Shape.Set or Shape.Dictionary } => EmptyCollection(type),
        _ => "null!",
    };

    private static string ReadCollection(TypeRef type, string reader)
    {
        var item = type.Item!;
        var arguments = $"<{item.Declaration}>(ref {reader}, {ReadDelegate(item)}{(item.Nullable ? ", keepNulls: true" : "")})";
        return type.Collection switch
        {
            Collection.List => $"{Reader}.List{arguments}",
            Collection.Array => $"{Reader}.Array{arguments}",
            Collection.HashSet => $"{Reader}.Set{arguments}",
            Collection.Dictionary => $"{Reader}.Dictionary{arguments}",
            Collection.SmallDictionary => $"{Reader}.SmallDictionary{arguments}",
            Collection.SortedSet => $"new {Generic}SortedSet<{item.Declaration}>({Reader}.Array{arguments})",
            Collection.SortedDictionary =>
                $"new {Generic}SortedDictionary<string, {item.Declaration}>({Reader}.Dictionary{arguments}, global::System.StringComparer.Ordinal)",
            Collection.ImmutableDictionary or Collection.ImmutableSortedDictionary =>
                $"{Immutable}{type.Collection}.CreateRange({Reader}.Dictionary{arguments})",
            _ => $"{Immutable}{type.Collection}.CreateRange({Reader}.Array{arguments})",
        };
    }

    private static string EmptyCollection(TypeRef type) => type.Collection switch
    {
        Collection.HashSet or Collection.SortedSet => $"new {Generic}{type.Collection}<{type.Item!.Declaration}>()",
        Collection.Dictionary or Collection.SmallDictionary => $"new {Generic}Dictionary<string, {type.Item!.Declaration}>()",
        Collection.SortedDictionary => $"new {Generic}SortedDictionary<string, {type.Item!.Declaration}>()",
        Collection.ImmutableDictionary or Collection.ImmutableSortedDictionary => $"{Immutable}{type.Collection}<string, {type.Item!.Declaration}>.Empty",
        _ => $"{Immutable}{type.Collection}<{type.Item!.Declaration}>.Empty",
    };

    private static string ReadDelegate(TypeRef item)
    {
        if (item.Nullable)
            return $"static (ref global::System.Text.Json.Utf8JsonReader item) => item.TokenType == global::System.Text.Json.JsonTokenType.Null ? default({item.Declaration}) : {Read(item, "item")}";
        return item.Shape switch
        {
            Shape.Record or Shape.Enum => $"{item.Json}.ReadJson",
            Shape.List or Shape.Set or Shape.Dictionary => $"static (ref global::System.Text.Json.Utf8JsonReader item) => {Read(item, "item")}",
            _ => $"{Reader}.{item.Shape}",
        };
    }

    private static string WriteDelegate(TypeRef item)
    {
        if (item.Nullable)
        {
            return $"static (items, item) => {{ if (item is {{ }} some) {Write(item with { Nullable = false }, "some", "items")}; else items.WriteNullValue(); }}";
        }

        return item.Shape switch
        {
            Shape.Record or Shape.Enum => $"{item.Json}.WriteJson",
            Shape.List or Shape.Set or Shape.Dictionary => $"static (items, item) => {Write(item, "item", "items")}",
            _ => $"{Writer}.{item.Shape}",
        };
    }
}
