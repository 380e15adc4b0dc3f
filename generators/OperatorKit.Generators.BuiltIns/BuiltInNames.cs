using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>Names of the built-in types and their members as users of the official C# client know them.</summary>
internal sealed class BuiltInNames
{
    // Members whose name would be a keyword or clash get a suffix, by a list that is part of the official client's surface.
    private static readonly HashSet<string> Suffixed =
        ["namespace", "continue", "$ref", "default", "operator", "enum", "object", "readOnly", "from"];

    private readonly Dictionary<string, string> _types;

    public BuiltInNames(IEnumerable<string> definitions)
    {
        // Two groups may have a type of the same name and version: then both carry the group in front.
        _types = definitions
            .GroupBy(d => Plain(d))
            .SelectMany(same => same.Select(d => (d, name: same.Count() > 1 ? Pascal(Group(d)) + Version(d) + Last(d) : same.Key)))
            .ToDictionary(pair => pair.d, pair => pair.name);
    }

    public string this[string definition] => _types[definition];

    /// <summary>The C# name of a member.</summary>
    public static string Member(string json)
    {
        var name = Pascal(json.TrimStart('$'));
        return Suffixed.Contains(json) ? name + "Property" : name;
    }

    /// <summary><c>apps/v1</c> for a definition, to speak of it.</summary>
    public static string GroupVersion(string definition) => $"{Group(definition)}/{Version(definition)}";

    /// <summary>The last part of a definition's name.</summary>
    public static string Last(string definition) => definition.Substring(definition.LastIndexOf('.') + 1);

    private static string Plain(string definition) => Pascal(Version(definition)) + Last(definition);

    private static string Version(string definition) => Part(definition, 2);

    private static string Group(string definition) => Part(definition, 3);

    private static string Part(string definition, int fromTheEnd)
    {
        var parts = definition.Split('.');
        return parts[parts.Length - fromTheEnd];
    }

    // Dashes separate words, as in x-kubernetes-list-type.
    private static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var word in name.Split('-'))
            text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        return text.ToString();
    }
}
