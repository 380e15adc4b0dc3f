using System;
using System.Globalization;
using System.Text;

namespace OperatorKit.Generators.Text;

/// <summary>C# literals.</summary>
internal static class Literals
{
    /// <summary>
    /// A quoted string as C#, JSON and YAML all read it. What an editor would not show, or a file not keep, is escaped; half of a
    /// surrogate pair has no UTF-8 and becomes the replacement character.
    /// </summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = IsHalf(value, i) ? '\uFFFD' : value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or >= '\uFFFE')
                        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else
                        text.Append(c);
                    break;
            }
        }

        return text.Append('"').ToString();
    }

    private static bool IsHalf(string value, int index) => char.IsSurrogate(value[index])
        && !(char.IsHighSurrogate(value[index]) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
        && !(char.IsLowSurrogate(value[index]) && index > 0 && char.IsHighSurrogate(value[index - 1]));

    /// <summary>A raw string literal of several lines, fenced with more quotes than the text has in a row; its content starts at the indentation of the fence.</summary>
    public static string Raw(string value)
    {
        var longest = 2;
        for (int i = 0, run = 0; i < value.Length; i++)
        {
            run = value[i] == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('"', longest + 1);
        return $"{fence}\n{value}\n{fence}";
    }

    /// <summary>Text safe inside an XML documentation comment: no markup, and no character but LF that would end the line and with it the comment.</summary>
    public static string Xml(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            switch (c)
            {
                case '&': text.Append("&amp;"); break;
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '\n': text.Append(c); break;
                default: text.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or >= '\uFFFE' ? ' ' : c); break;
            }
        }

        return text.ToString();
    }
}
