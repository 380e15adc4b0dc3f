using System.Text;
using OperatorKit.ApiServer.Cel.Values;
using static OperatorKit.ApiServer.Cel.Functions.CelFunction;

namespace OperatorKit.ApiServer.Cel.Functions;

/// <summary>Strings: CEL's own functions and its string extension.</summary>
internal static class CelStringFunctions
{
    public static IEnumerable<CelFunction> Functions =>
    [
        Member("contains", "string, string -> bool", static a => ((string)a[0]).Contains((string)a[1], StringComparison.Ordinal)),
        Member("startsWith", "string, string -> bool", static a => ((string)a[0]).StartsWith((string)a[1], StringComparison.Ordinal)),
        Member("endsWith", "string, string -> bool", static a => ((string)a[0]).EndsWith((string)a[1], StringComparison.Ordinal)),
        Member("charAt", "string, int -> string", static a => CharAt((string)a[0], (long)a[1])),
        Member("indexOf", "string, string -> int", static a => IndexOf((string)a[0], (string)a[1], 0)),
        Member("indexOf", "string, string, int -> int", static a => IndexOf((string)a[0], (string)a[1], (long)a[2])),
        Member("lastIndexOf", "string, string -> int", static a => LastIndexOf((string)a[0], (string)a[1], CodePoints.Count((string)a[0]))),
        Member("lastIndexOf", "string, string, int -> int", static a => LastIndexOf((string)a[0], (string)a[1], (long)a[2])),
        Member("lowerAscii", "string -> string", static a => MapAscii((string)a[0], char.ToLowerInvariant)),
        Member("upperAscii", "string -> string", static a => MapAscii((string)a[0], char.ToUpperInvariant)),
        Member("replace", "string, string, string -> string", static a => Replace((string)a[0], (string)a[1], (string)a[2], -1)),
        Member("replace", "string, string, string, int -> string", static a => Replace((string)a[0], (string)a[1], (string)a[2], (long)a[3])),
        Member("split", "string, string -> list(string)", static a => Split((string)a[0], (string)a[1], -1)),
        Member("split", "string, string, int -> list(string)", static a => Split((string)a[0], (string)a[1], (long)a[2])),
        Member("substring", "string, int -> string", static a => Substring((string)a[0], (long)a[1], CodePoints.Count((string)a[0]))),
        Member("substring", "string, int, int -> string", static a => Substring((string)a[0], (long)a[1], (long)a[2])),
        Member("trim", "string -> string", static a => ((string)a[0]).Trim()),
        Member("join", "list(string) -> string", static a => string.Join("", ((CelList)a[0]).Items)),
        Member("join", "list(string), string -> string", static a => string.Join((string)a[1], ((CelList)a[0]).Items)),
        Member("format", "string, list(dyn) -> string", static a => CelStringFormat.Of((string)a[0], (CelList)a[1])),
        Global("strings.quote", "string -> string", static a => Quote((string)a[0])),
    ];

    private static string MapAscii(string text, Func<char, char> map) => string.Concat(text.Select(c => char.IsAscii(c) ? map(c) : c));

    private static object CharAt(string text, long index)
    {
        var runes = CodePoints.Of(text);
        if (index < 0 || index > runes.Length)
            return new CelError($"index out of range: {index}");
        return index == runes.Length ? "" : runes[index].ToString();
    }

    private static object IndexOf(string text, string part, long offset)
    {
        var runes = CodePoints.Of(text);
        if (offset < 0)
            return new CelError($"index out of range: {offset}");
        if (part.Length == 0)
            return offset;
        if (offset > runes.Length)
            return new CelError($"index out of range: {offset}");
        var at = runes.AsSpan((int)offset).IndexOf(CodePoints.Of(part));
        return at < 0 ? -1L : at + offset;
    }

    private static object LastIndexOf(string text, string part, long offset)
    {
        var (runes, wanted) = (CodePoints.Of(text), CodePoints.Of(part));
        if (part.Length == 0)
            return offset;
        if (offset < 0 || offset > runes.Length)
            return new CelError($"index out of range: {offset}");
        return (long)runes.AsSpan(0, (int)Math.Min(runes.Length, offset + wanted.Length)).LastIndexOf(wanted);
    }

    private static string Replace(string text, string old, string replacement, long limit)
    {
        if (limit < 0 && old.Length > 0)
            return text.Replace(old, replacement, StringComparison.Ordinal);
        if (limit == 0)
            return text;
        var result = new StringBuilder();
        var at = 0;
        for (long i = 0; i != limit; i++)
        {
            var next = text.IndexOf(old, Math.Min(at, text.Length), StringComparison.Ordinal);
            if (next < 0 || (old.Length == 0 && at > text.Length))
                break;
            result.Append(text, Math.Min(at, text.Length), next - Math.Min(at, text.Length)).Append(replacement);
            if (old.Length == 0 && next < text.Length)
                result.Append(text[next]);
            at = next + Math.Max(old.Length, 1);
        }

        return at < text.Length ? result.Append(text, at, text.Length - at).ToString() : result.ToString();
    }

    private static CelList Split(string text, string separator, long limit)
    {
        if (limit == 0)
            return CelList.Empty;
        var parts = separator.Length == 0
            ? [.. CodePoints.Of(text).Select(static rune => rune.ToString())]
            : limit < 0 ? text.Split(separator) : text.Split(separator, (int)Math.Min(limit, int.MaxValue));
        if (separator.Length == 0 && limit > 0 && parts.Length > limit)
            parts = [.. parts.Take((int)limit - 1), string.Concat(parts.Skip((int)limit - 1))];
        return new CelList([.. parts]);
    }

    private static object Substring(string text, long start, long end)
    {
        var runes = CodePoints.Of(text);
        if (start < 0 || start > runes.Length)
            return new CelError($"index out of range: {start}");
        if (end < 0 || end > runes.Length)
            return new CelError($"index out of range: {end}");
        return start > end ? new CelError($"invalid substring range. start: {start}, end: {end}") : CodePoints.Text(runes.AsSpan((int)start, (int)(end - start)));
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            var escape = "\a\b\f\n\r\t\v\\\"".IndexOf(c, StringComparison.Ordinal);
            quoted.Append(escape < 0 ? c.ToString() : "\\" + "abfnrtv\\\""[escape]);
        }

        return quoted.Append('"').ToString();
    }
}
