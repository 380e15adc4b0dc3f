using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Emitters;

/// <summary>The types of members in apply records.</summary>
internal static class ApplyTypes
{
    private const string Generic = "global::System.Collections.Generic.";

    /// <summary>Where null is no value of its own, null means unset and needs no <c>Optional</c>; C# converts no interface to one anyway.</summary>
    public static bool IsOptional(TypeRef type) => type.Shape is not (Shape.Record or Shape.List or Shape.Set or Shape.Dictionary);

    public static TypeRef Of(TypeRef type) => type.Shape switch
    {
        Shape.Record when type.Json != type.Name => TypeRef.Record(Twin(type.Json!), Twin(type.Json!) + "Json", type.Nullable),
        Shape.List => List(Of(type.Item!), "IReadOnlyList"),
        Shape.Set => List(Of(type.Item!), "IReadOnlySet") with { Shape = Shape.Set, Collection = Collection.HashSet },
        Shape.Dictionary => TypeRef.Dictionary(Of(type.Item!), Collection.Dictionary, $"{Generic}IReadOnlyDictionary<string, {Of(type.Item!).Declaration}>"),
        _ => type,
    };

    /// <summary>The member of an apply record that sets a member of its twin.</summary>
    public static PropertyModel Property(string name, string json, TypeRef type)
    {
        var isOptional = IsOptional(type);
        var wanted = Of(type);
        return new PropertyModel(name, json, isOptional ? wanted : wanted with { Nullable = true }) { IsOptional = isOptional };
    }

    /// <summary>The apply record of a type.</summary>
    public static string Name(TypeSchema type) => type.Name + "Apply";

    private static string Twin(string jsonClass) => jsonClass.Substring(0, jsonClass.Length - "Json".Length) + "Apply";

    private static TypeRef List(TypeRef item, string collection) => TypeRef.List(item, Collection.Array, $"{Generic}{collection}<{item.Declaration}>");
}
