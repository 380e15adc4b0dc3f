using System.Collections.Generic;
using System.Text;

namespace OperatorKit.Generators.Imports;

/// <summary>Makes C# names of names that others chose.</summary>
internal static class Identifiers
{
    /// <summary>Members that every record has, or that ours have.</summary>
    private static readonly HashSet<string> Taken =
    [
        "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "Clone", "EqualityContract", "PrintMembers",
        "ReadJson", "WriteJson", "ReadMembers", "Definition", "KubeGroup", "KubeApiVersion", "KubeKind", "KubePluralName", "KubeScope",
    ];

    private const int LongestName = 100;

    /// <summary>The name of a kind's record, which is not that of a member that every kind has.</summary>
    public static string Kind(string kind)
    {
        var name = Pascal(kind);
        return name is "ApiVersion" or "Kind" or "Metadata" || Taken.Contains(name) ? name + "Resource" : name;
    }

    /// <summary>A name in PascalCase of ASCII letters and digits, whatever the text holds, and not longer than metadata has room for.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        var startsWord = true;
        foreach (var c in text)
        {
            if (name.Length == LongestName)
                break;
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
                startsWord = false;
            }
            else
            {
                startsWord = true;
            }
        }

        if (name.Length == 0)
            return "Item";
        return char.IsDigit(name[0]) ? "_" + name : name.ToString();
    }

    /// <summary>A name that is not in <paramref name="used"/> yet; it is afterwards.</summary>
    public static string Unique(string name, HashSet<string> used)
    {
        var unique = name;
        for (var i = 2; !used.Add(unique); i++)
            unique = name + i;
        return unique;
    }

    /// <summary>A member's name that hides nothing and is not that of its type.</summary>
    public static string Member(string json, string type)
    {
        var name = Pascal(json);
        return Taken.Contains(name) || name == type ? name + "Property" : name;
    }
}
