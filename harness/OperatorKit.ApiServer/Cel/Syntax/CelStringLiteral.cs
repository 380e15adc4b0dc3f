using System.Globalization;
using System.Text;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>Reads string and bytes literals: quoted once or three times, raw or with escapes.</summary>
internal static class CelStringLiteral
{
    public static CelToken Read(string source, ref int at, string prefix)
    {
        var start = at;
        at += prefix.Length;
        var quote = source[at];
        var delimiter = new string(quote, source.AsSpan(at).StartsWith(new string(quote, 3)) ? 3 : 1);
        at += delimiter.Length;
        var raw = prefix.Contains('r', StringComparison.Ordinal);
        var bytes = prefix.Contains('b', StringComparison.Ordinal);
        var content = new List<byte>();
        while (!source.AsSpan(Math.Min(at, source.Length)).StartsWith(delimiter))
        {
            if (at >= source.Length || (delimiter.Length == 1 && source[at] is '\n' or '\r'))
                throw Bad(start, source, at);
            if (source[at] == '\\' && !raw)
                Escape(source, ref at, bytes, content, start);
            else
                Append(content, source, ref at);
        }

        at += delimiter.Length;
        var text = source[start..at];
        return new CelToken(CelTokenKind.Literal, text, start, bytes ? new CelBytes([.. content]) : Encoding.UTF8.GetString([.. content]));
    }

    private static void Append(List<byte> content, string source, ref int at)
    {
        var length = char.IsHighSurrogate(source[at]) && at + 1 < source.Length ? 2 : 1;
        content.AddRange(Encoding.UTF8.GetBytes(source, at, length));
        at += length;
    }

    private static void Escape(string source, ref int at, bool bytes, List<byte> content, int start)
    {
        if (at + 1 >= source.Length)
            throw Bad(start, source, at);
        var c = source[at + 1];
        at += 2;
        switch (c)
        {
            case 'x' or 'X':
                Code(source, ref at, 2, NumberStyles.AllowHexSpecifier, bytes, content, start);
                break;
            case 'u' when !bytes:
                Code(source, ref at, 4, NumberStyles.AllowHexSpecifier, false, content, start);
                break;
            case 'U' when !bytes:
                Code(source, ref at, 8, NumberStyles.AllowHexSpecifier, false, content, start);
                break;
            case >= '0' and <= '3':
                at--;
                if (at + 3 > source.Length)
                    throw Bad(start, source, at);
                var value = source.AsSpan(at, 3).ToArray().Aggregate(0, static (sum, digit) => (sum * 8) + (digit - '0'));
                at += 3;
                AppendCode(value, bytes, content);
                break;
            default:
                const string names = "abfnrtv\\'\"`?";
                const string values = "\a\b\f\n\r\t\v\\'\"`?";
                var index = names.IndexOf(c, StringComparison.Ordinal);
                if (index < 0)
                    throw Bad(start, source, at);
                content.Add((byte)values[index]);
                break;
        }
    }

    private static void Code(string source, ref int at, int length, NumberStyles style, bool bytes, List<byte> content, int start)
    {
        if (at + length > source.Length || !int.TryParse(source.AsSpan(at, length), style, CultureInfo.InvariantCulture, out var value))
            throw Bad(start, source, at);
        at += length;
        AppendCode(value, bytes, content);
    }

    private static void AppendCode(int value, bool bytes, List<byte> content)
    {
        if (bytes)
            content.Add((byte)value);
        else
            content.AddRange(Encoding.UTF8.GetBytes((Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar).ToString()));
    }

    private static CelSyntaxException Bad(int start, string source, int at) =>
        new(new CelIssue(start, $"Syntax error: token recognition error at: '{source[start..Math.Min(at + 1, source.Length)]}'"));
}
