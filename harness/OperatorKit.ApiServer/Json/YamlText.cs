using System.Text;

namespace OperatorKit.ApiServer.Json;

/// <summary>Writes values as YAML the way kubectl users see it: keys sorted, lists not indented, multi-line text as a block.</summary>
internal static class YamlText
{
    public static string Write(JsonValue value)
    {
        var text = new StringBuilder();
        switch (value)
        {
            case JsonObject { Count: > 0 } obj:
                WriteMembers(text, obj, 0);
                break;
            case JsonArray { Count: > 0 } array:
                WriteItems(text, array, 0);
                break;
            default:
                WriteInline(text, value, 0);
                text.Append('\n');
                break;
        }

        return text.ToString();
    }

    public static byte[] ToUtf8(JsonValue value) => Encoding.UTF8.GetBytes(Write(value));

    private static void WriteMembers(StringBuilder text, JsonObject obj, int indent, bool first = false)
    {
        foreach (var (key, value) in ((IEnumerable<KeyValuePair<string, JsonValue>>)obj).OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            if (!first)
                text.Append(' ', indent);
            first = false;
            text.Append(Quoted(key)).Append(':');
            switch (value)
            {
                case JsonObject { Count: > 0 } child:
                    text.Append('\n');
                    WriteMembers(text, child, indent + 2);
                    break;
                case JsonArray { Count: > 0 } list:
                    text.Append('\n');
                    WriteItems(text, list, indent);
                    break;
                default:
                    text.Append(' ');
                    WriteInline(text, value, indent + 2);
                    text.Append('\n');
                    break;
            }
        }
    }

    private static void WriteItems(StringBuilder text, JsonArray array, int indent, bool first = false)
    {
        foreach (var item in array)
        {
            if (!first)
                text.Append(' ', indent);
            first = false;
            text.Append("- ");
            switch (item)
            {
                case JsonObject { Count: > 0 } child:
                    WriteMembers(text, child, indent + 2, first: true);
                    break;
                case JsonArray { Count: > 0 } list:
                    WriteItems(text, list, indent + 2, first: true);
                    break;
                default:
                    WriteInline(text, item, indent + 2);
                    text.Append('\n');
                    break;
            }
        }
    }

    private static void WriteInline(StringBuilder text, JsonValue value, int indent)
    {
        switch (value)
        {
            case JsonString { Value: var content } when content.Contains('\n') && IsBlock(content):
                WriteBlock(text, content, indent);
                break;
            case JsonString { Value: var content }:
                text.Append(Quoted(content));
                break;
            case JsonObject:
                text.Append("{}");
                break;
            case JsonArray:
                text.Append("[]");
                break;
            default:
                text.Append(JsonText.ToCompactString(value));
                break;
        }
    }

    private static bool IsBlock(string content) => !content.StartsWith(' ') && !content.StartsWith('\n') && content.All(static c => c is '\n' or '\t' || !IsSpecial(c))
        && !content.Contains(" \n", StringComparison.Ordinal);

    private static void WriteBlock(StringBuilder text, string content, int indent)
    {
        text.Append(content switch
        {
            _ when !content.EndsWith('\n') => "|-",
            _ when content.EndsWith("\n\n", StringComparison.Ordinal) => "|+",
            _ => "|",
        });
        var body = content.EndsWith('\n') ? content[..^1] : content;
        foreach (var line in body.Split('\n'))
        {
            text.Append('\n');
            if (line.Length > 0)
                text.Append(' ', indent).Append(line);
        }
    }

    private static string Quoted(string content)
    {
        if (content.Length == 0 || YamlScalar.ResolvePlain(content) is not JsonString || LooksLikeTimestamp(content) || content.Any(IsSpecial))
            return JsonText.ToCompactString(content);
        return IsPlain(content) ? content : $"'{content.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>What YAML takes for a line break or does not take at all.</summary>
    private static bool IsSpecial(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static bool LooksLikeTimestamp(string content) =>
        content.Length >= 8 && char.IsAsciiDigit(content[0]) && content.IndexOf('-') == 4 && DateTimeOffset.TryParse(content, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static bool IsPlain(string content)
    {
        var first = content[0];
        if (first is ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' or ' ' or '=')
            return false;
        if (first is '-' or '?' or ':' && (content.Length == 1 || content[1] == ' '))
            return false;
        return content[^1] is not (' ' or ':')
            && !content.Contains(": ", StringComparison.Ordinal)
            && !content.Contains(" #", StringComparison.Ordinal)
            && !content.StartsWith("---", StringComparison.Ordinal)
            && !content.StartsWith("...", StringComparison.Ordinal);
    }
}
