using System.Linq;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Conversions;

/// <summary>Expressions that make a value of one version out of a value of another.</summary>
internal sealed class ConversionExpressions(VersionPair versions)
{
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Generic = "global::System.Collections.Generic.";
    private const string Linq = "global::System.Linq.Enumerable.";

    public string Convert(TypeRef from, TypeRef to, string value, int depth = 0)
    {
        if (from.Name == to.Name && (from.Item is null || from.Item.Declaration == to.Item?.Declaration))
            return value;
        if (!from.Nullable)
            return Present(from, to, value, depth);
        var some = "some" + depth;
        return $"{value} is {{ }} {some} ? {Present(from, to, some, depth)} : default({to.Declaration})";
    }

    private string Present(TypeRef from, TypeRef to, string value, int depth)
    {
        if (from.Item is not { } old || to.Item is not { } now)
            return $"{versions.Pairs.First(p => p.From.CSharp == from.Name && p.To.CSharp == to.Name).Name}({value})";
        var item = "item" + depth;
        if (from.Shape == Shape.Dictionary)
            return Dictionary(to, now, value, item, Convert(old, now, item + ".Value", depth + 1));
        var items = old.Declaration == now.Declaration ? value : $"{Linq}Select({value}, {item} => {Convert(old, now, item, depth + 1)})";
        return to.Collection switch
        {
            Collection.List => $"new {Generic}List<{now.Declaration}>({items})",
            Collection.Array => $"{Linq}ToArray({items})",
            Collection.HashSet => $"new {Generic}HashSet<{now.Declaration}>({items})",
            Collection.SortedSet => $"new {Generic}SortedSet<{now.Declaration}>({items})",
            _ => $"{Immutable}{to.Collection}.CreateRange({items})",
        };
    }

    private static string Dictionary(TypeRef to, TypeRef item, string value, string entry, string converted)
    {
        var made = $"{Linq}ToDictionary({value}, {entry} => {entry}.Key, {entry} => {converted})";
        return to.Collection switch
        {
            Collection.SortedDictionary => $"new {Generic}SortedDictionary<string, {item.Declaration}>({made}, global::System.StringComparer.Ordinal)",
            Collection.ImmutableDictionary or Collection.ImmutableSortedDictionary => $"{Immutable}{to.Collection}.CreateRange({made})",
            _ => made,
        };
    }
}
