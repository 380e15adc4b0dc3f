using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OperatorKit.Generators.Manifests;

/// <summary>Scalars of YAML: where they end and what they say.</summary>
internal static class YamlScalars
{
    private static readonly Regex NumberPattern = new(@"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$", RegexOptions.CultureInvariant);

    /// <summary>Where the key of a <c>key: value</c> line ends, which is where its colon is; -1 where the line is none.</summary>
    public static int KeyEnd(string text)
    {
        if (text[0] is '"' or '\'')
        {
            var end = QuotedEnd(text);
            return end > 0 && end < text.Length && text[end] == ':' && (end + 1 == text.Length || text[end + 1] == ' ') ? end : -1;
        }

        if (text[0] is '{' or '[' or '|' or '>' or '#' or '&' or '*' or '!')
            return -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':' && (i + 1 == text.Length || text[i + 1] == ' '))
                return i;
            if (text[i] == '#' && i > 0 && text[i - 1] == ' ')
                return -1;
        }

        return -1;
    }

    public static string Key(string text, int line) => text[0] is '"' or '\'' ? Unquote(text, line).Value : text.Trim();

    /// <summary>Where a quoted scalar ends, behind its quote; -1 where it is not closed.</summary>
    public static int QuotedEnd(string text, int start = 0)
    {
        var quote = text[start];
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"')
                i++;
            else if (text[i] == quote && quote == '\'' && i + 1 < text.Length && text[i + 1] == '\'')
                i++;
            else if (text[i] == quote)
                return i + 1;
        }

        return -1;
    }

    public static Scalar Unquote(string text, int line)
    {
        var inner = Join(text.Substring(1, text.Length - 2));
        return new Scalar(text[0] == '\'' ? inner.Replace("''", "'") : Unescape(inner, line), ScalarStyle.Text);
    }

    /// <summary>Breaks inside quotes are spaces, empty lines are breaks, and a backslash takes a break away.</summary>
    private static string Join(string text)
    {
        if (text.IndexOf('\n') < 0)
            return text;
        var result = new StringBuilder();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = i == 0 ? lines[i].TrimEnd() : i == lines.Length - 1 ? lines[i].TrimStart() : lines[i].Trim();
            if (line.Length == 0 && i > 0 && i < lines.Length - 1)
            {
                result.Append('\n');
                continue;
            }

            if (i > 0 && result.Length > 0 && result[result.Length - 1] == '\\')
                result.Length--;
            else if (i > 0 && (result.Length == 0 || result[result.Length - 1] != '\n'))
                result.Append(' ');
            result.Append(line);
        }

        return result.ToString();
    }

    /// <summary>A scalar without quotes: null, boolean, number or text.</summary>
    public static Node Plain(string text, int line)
    {
        if (text.IndexOf(": ", StringComparison.Ordinal) >= 0)
            throw new YamlException("a value without quotes cannot hold ': '", line);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => Node.Null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when NumberPattern.IsMatch(text) => Node.Number(text.TrimStart('+')),
            _ => text,
        };
    }

    public static string WithoutComment(string text)
    {
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? text : text.Substring(0, comment)).Trim();
    }

    /// <summary>Lines of a folded scalar: breaks become spaces, but not around empty or deeper lines.</summary>
    public static string Fold(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
                text.Append(lines[i].Length > 0 && lines[i - 1].Length > 0 && lines[i][0] != ' ' && lines[i - 1][0] != ' ' ? ' ' : '\n');
            text.Append(lines[i]);
        }

        return text.ToString().Replace("\n\n", "\n");
    }

    public static string Chomp(string text, char chomping) => chomping switch
    {
        '-' => text.TrimEnd('\n'),
        '+' => text,
        _ => text.Trim('\n').Length == 0 ? "" : text.TrimEnd('\n') + "\n",
    };

    private static string Unescape(string text, int line)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            if (++i >= text.Length)
                break;
            switch (text[i])
            {
                case 'n': result.Append('\n'); break;
                case 't': result.Append('\t'); break;
                case 'r': result.Append('\r'); break;
                case '0': result.Append('\0'); break;
                case '"' or '\\' or '/' or ' ': result.Append(text[i]); break;
                case '\n': break;
                case 'x': i = Hex(2, i); break;
                case 'u': i = Hex(4, i); break;
                default: throw new YamlException($"unknown escape '\\{text[i]}'", line);
            }
        }

        return result.ToString();

        int Hex(int length, int index)
        {
            if (index + length >= text.Length)
                throw new YamlException("an escape is cut off", line);
            if (!int.TryParse(text.Substring(index + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                throw new YamlException("an escape is no hexadecimal number", line);
            result.Append((char)code);
            return index + length;
        }
    }
}
