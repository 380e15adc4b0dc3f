using System.Linq;
using OperatorKit.Generators.Types;

namespace OperatorKit.Generators.Conversions;

/// <summary>Expressions that make a value of one version out of a value of another.</summary>
internal sealed class ConversionExpressions(VersionPair versions)
{
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Generic = "global::System.Collections.Generic.";
    private const string Linq = "global::System.Linq.Enumerable.";

    /// <summary>Variables of patterns are seen by the whole initialiser, so that each has a name of its own.</summary>
    private int _variables;

    public string Convert(TypeRef from, TypeRef to, string value)
    {
        if (from.Name == to.Name && (from.Item is null || from.Item.Declaration == to.Item?.Declaration))
            return value;
        if (!from.Nullable)
            return Present(from, to, value);
        var some = "some" + _variables++;
        return $"{value} is {{ }} {some} ? {Present(from, to, some)} : default({to.Declaration})";
    }

    private string Present(TypeRef from, TypeRef to, string value)
    {
        if (from.Item is not { } old || to.Item is not { } now)
            return $"{versions.Pairs.First(p => p.From.CSharp == from.Name && p.To.CSharp == to.Name).Name}({value})";
        var item = "item" + _variables++;
        if (from.Shape == Shape.Dictionary)
            return Dictionary(old, to, value, item, Convert(old, now, item + ".Value"));
        var items = old.Declaration == now.Declaration ? value : $"{Linq}Select<{old.Declaration}, {now.Declaration}>({value}, {item} => {Convert(old, now, item)})";
        return to.Collection switch
        {
            Collection.List => $"new {Generic}List<{now.Declaration}>({items})",
            Collection.Array => $"{Linq}ToArray({items})",
            Collection.HashSet => $"new {Generic}HashSet<{now.Declaration}>({items})",
            Collection.SortedSet => $"new {Generic}SortedSet<{now.Declaration}>({items})",
            _ => $"{Immutable}{to.Collection}.CreateRange({items})",
        };
    }

    private static string Dictionary(TypeRef old, TypeRef to, string value, string entry, string converted)
    {
        var now = to.Item!.Declaration;
        var made = $"{Linq}ToDictionary<{Generic}KeyValuePair<string, {old.Declaration}>, string, {now}>({value}, {entry} => {entry}.Key, {entry} => {converted})";
        return to.Collection switch
        {
            Collection.SortedDictionary => $"new {Generic}SortedDictionary<string, {now}>({made}, global::System.StringComparer.Ordinal)",
            Collection.ImmutableDictionary or Collection.ImmutableSortedDictionary => $"{Immutable}{to.Collection}.CreateRange({made})",
            _ => made,
        };
    }
}
