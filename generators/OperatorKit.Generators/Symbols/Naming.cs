using System.Text;
using Microsoft.CodeAnalysis;

namespace OperatorKit.Generators.Symbols;

/// <summary>Names that follow from other names.</summary>
internal static class Naming
{
    /// <summary>The JSON name of a C# member: its first word in lower case, as <c>JsonNamingPolicy.CamelCase</c> has it.</summary>
    public static string JsonName(string name)
    {
        var text = new StringBuilder(name);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsUpper(text[i]) || (i > 0 && i + 1 < text.Length && !char.IsUpper(text[i + 1])))
                break;
            text[i] = char.ToLowerInvariant(text[i]);
        }

        return text.ToString();
    }

    /// <summary>The English plural of a kind, in lower case, by three rules; exceptions are spelled out by the user.</summary>
    public static string Plural(string kind)
    {
        var word = kind.ToLowerInvariant();
        if (word.EndsWith("s") || word.EndsWith("x") || word.EndsWith("z") || word.EndsWith("ch") || word.EndsWith("sh"))
            return word + "es";
        if (word.EndsWith("y") && word.Length > 1 && "aeiou".IndexOf(word[word.Length - 2]) < 0)
            return word.Substring(0, word.Length - 1) + "ies";
        return word + "s";
    }

    /// <summary>The plural of a kind that keeps its capitals, for C# names.</summary>
    public static string PluralName(string kind)
    {
        var plural = Plural(kind);
        var same = 0;
        while (same < kind.Length && same < plural.Length && char.ToLowerInvariant(kind[same]) == plural[same])
            same++;
        return kind.Substring(0, same) + plural.Substring(same);
    }

    /// <summary>The containing types and the type, run together: how generated names name it.</summary>
    public static string FlatName(INamedTypeSymbol type)
    {
        var name = type.Name;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = outer.Name + name;
        return name;
    }

    public static string Namespace(ISymbol symbol)
        => symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";

    /// <summary>A DNS label (RFC 1035): lower-case letters, digits and dashes, a letter first, at most 63.</summary>
    public static bool IsLabel(string text)
    {
        if (text.Length is 0 or > 63 || text[0] is < 'a' or > 'z' || text[text.Length - 1] == '-')
            return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }

        return true;
    }

    /// <summary>A DNS name with at least one dot, at most 253 characters: what an API group has to be.</summary>
    public static bool IsGroup(string text)
    {
        var labels = text.Split('.');
        if (labels.Length < 2 || text.Length > 253)
            return false;
        foreach (var label in labels)
        {
            if (!IsLabel(label.Length > 0 && char.IsDigit(label[0]) ? "a" + label : label))
                return false;
        }

        return true;
    }
}
