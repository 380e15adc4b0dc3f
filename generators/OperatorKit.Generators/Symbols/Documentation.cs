using System.Linq;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Reads documentation comments as plain text. They come from the <c>///</c> trivia, because the compiler hands out none
/// in a build without a documentation file; types of references come from their XML files.
/// </summary>
internal static class Documentation
{
    /// <summary>The summary; null where there is none.</summary>
    public static string? Summary(ISymbol symbol, CancellationToken cancellationToken) => Element(symbol, "summary", null, cancellationToken);

    /// <summary>The example; null where there is none.</summary>
    public static string? Example(ISymbol symbol, CancellationToken cancellationToken) => Element(symbol, "example", null, cancellationToken);

    /// <summary>The text on a member that a positional record declares by a parameter.</summary>
    public static string? Parameter(INamedTypeSymbol type, string name, CancellationToken cancellationToken)
        => Element(type, "param", name, cancellationToken);

    private static string? Element(ISymbol symbol, string element, string? name, CancellationToken cancellationToken)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences.OrderBy(static r => r.SyntaxTree.FilePath, System.StringComparer.Ordinal))
        {
            var node = reference.GetSyntax(cancellationToken);
            if (node is ParameterSyntax)
                return null;
            if (Text(Xml(node), element, name) is { } text)
                return text;
        }

        return symbol.DeclaringSyntaxReferences.Length == 0 && symbol.GetDocumentationCommentXml(cancellationToken: cancellationToken) is { Length: > 0 } xml
            ? Text(xml, element, name)
            : null;
    }

    private static string Xml(SyntaxNode node)
    {
        var xml = new StringBuilder();
        foreach (var trivia in node.GetLeadingTrivia())
        {
            if (!trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) && !trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
                continue;
            foreach (var line in trivia.ToFullString().Split('\n'))
            {
                var text = line.Trim();
                if (text.StartsWith("///", System.StringComparison.Ordinal))
                    xml.Append(text, 3, text.Length - 3).Append('\n');
            }
        }

        return xml.ToString();
    }

    private static string? Text(string xml, string element, string? name)
    {
        if (xml.IndexOf("<" + element, System.StringComparison.Ordinal) < 0)
            return null;
        try
        {
            var root = XElement.Parse("<doc>" + xml + "</doc>", LoadOptions.PreserveWhitespace);
            var found = root.Descendants(element).FirstOrDefault(e => name is null || (string?)e.Attribute("name") == name);
            if (found is null)
                return null;
            var text = new StringBuilder();
            foreach (var node in found.Nodes())
                Append(text, node);
            var result = Normalize(text.ToString());
            return result.Length > 0 ? result : null;
        }
        catch (XmlException)
        {
            // The compiler reports malformed documentation by itself.
            return null;
        }
    }

    private static void Append(StringBuilder text, XNode node)
    {
        if (node is XText plain)
        {
            text.Append(plain.Value.Replace('\r', ' ').Replace('\n', ' '));
            return;
        }

        if (node is not XElement element)
            return;
        var isParagraph = element.Name.LocalName is "para" or "code" or "list";
        if (isParagraph || element.Name.LocalName is "br")
            text.Append(isParagraph ? "\n\n" : "\n");
        else if (element.Name.LocalName is "item")
            text.Append("\n- ");
        if (!element.Nodes().Any())
            text.Append(Reference(element));
        foreach (var child in element.Nodes())
            Append(text, child);
        if (isParagraph)
            text.Append("\n\n");
    }

    /// <summary>What an empty element such as <c>&lt;see cref="Replicas"/&gt;</c> stands for.</summary>
    private static string Reference(XElement element)
    {
        if ((string?)element.Attribute("cref") is { } cref)
        {
            var name = cref.Substring(cref.IndexOf(':') + 1);
            var end = name.IndexOfAny(['(', '{', '<', '`']);
            name = end < 0 ? name : name.Substring(0, end);
            return name.Substring(name.LastIndexOf('.') + 1);
        }

        return (string?)element.Attribute("langword") ?? (string?)element.Attribute("name") ?? (string?)element.Attribute("href") ?? "";
    }

    /// <summary>One space between words, one empty line between paragraphs.</summary>
    private static string Normalize(string text)
    {
        var result = new StringBuilder();
        var breaks = 0;
        foreach (var line in text.Split('\n'))
        {
            var words = string.Join(" ", line.Split([' ', '\t'], System.StringSplitOptions.RemoveEmptyEntries));
            if (words.Length == 0)
            {
                breaks++;
                continue;
            }

            if (result.Length > 0)
                result.Append(breaks > 0 ? "\n\n" : "\n");
            result.Append(words);
            breaks = 0;
        }

        return result.ToString();
    }
}
