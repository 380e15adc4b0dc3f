using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace OperatorKit.Generators.Cel;

internal enum CelTokenKind
{
    Identifier,
    Number,
    Text,
    Bytes,
    Symbol,
    End,
}

/// <summary>A word of a CEL expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written; the content alone of a text.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text);

/// <summary>Cuts CEL expressions into words.</summary>
internal static class CelLexer
{
    private static readonly Regex Token = new(
        """
        \G(?:
          (?<space>[\ \t\r\n\f]+|//[^\n]*)
        | (?<text>(?<prefix>[rR][bB]?|[bB][rR])(?:"{3}(?<content>.*?)"{3}|'{3}(?<content>.*?)'{3}|"(?<content>[^"\r\n]*)"|'(?<content>[^'\r\n]*)'))
        | (?<text>(?<prefix>[bB])?(?:"{3}(?<content>(?:\\.|[^\\])*?)"{3}|'{3}(?<content>(?:\\.|[^\\])*?)'{3}|"(?<content>(?:\\.|[^"\\\r\n])*)"|'(?<content>(?:\\.|[^'\\\r\n])*)'))
        | (?<number>0[xX][0-9a-fA-F]+[uU]?|(?:[0-9]+\.[0-9]+|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?[uU]?)
        | (?<name>[A-Za-z_][A-Za-z0-9_]*|`[A-Za-z0-9_.\-/ ]+`)
        | (?<symbol>\.\?|\[\?|&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()\[\]{}])
        )
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline);

    /// <summary>The words of an expression, the last of which is the end.</summary>
    /// <exception cref="FormatException">Some part of it is no word.</exception>
    public static IReadOnlyList<CelToken> Read(string text)
    {
        var tokens = new List<CelToken>();
        for (var at = 0; at < text.Length;)
        {
            if (Token.Match(text, at) is not { Success: true } match)
                throw new FormatException($"\"{text[at]}\" at {at + 1} begins nothing");
            at += match.Length;
            if (match.Groups["space"].Success)
                continue;
            if (match.Groups["text"].Success)
                tokens.Add(new CelToken(match.Groups["prefix"].Value.IndexOfAny(['b', 'B']) >= 0 ? CelTokenKind.Bytes : CelTokenKind.Text, match.Groups["content"].Value));
            else if (match.Groups["number"].Success)
                tokens.Add(new CelToken(CelTokenKind.Number, match.Value));
            else if (match.Groups["name"].Success)
                tokens.Add(new CelToken(CelTokenKind.Identifier, match.Value.Trim('`')));
            else
                tokens.Add(new CelToken(CelTokenKind.Symbol, match.Value));
        }

        tokens.Add(new CelToken(CelTokenKind.End, ""));
        return tokens;
    }
}
