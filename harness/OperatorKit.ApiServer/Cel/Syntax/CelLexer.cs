using System.Globalization;
using OperatorKit.ApiServer.Cel.Values;

namespace OperatorKit.ApiServer.Cel.Syntax;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class CelLexer(string source)
{
    private static readonly string[] LongSymbols = ["&&", "||", "==", "!=", "<=", ">="];
    private const string Symbols = "<>!+-*/%?:.,()[]{}";

    private int _at;

    /// <exception cref="CelSyntaxException">A character or literal is not understood.</exception>
    public static List<CelToken> Read(string source)
    {
        var lexer = new CelLexer(source);
        var tokens = new List<CelToken>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != CelTokenKind.End);
        return tokens;
    }

    private CelToken Next()
    {
        SkipSpace();
        if (_at >= source.Length)
            return new CelToken(CelTokenKind.End, "<EOF>", source.Length);
        var start = _at;
        var c = source[_at];
        if (StringStart() is { } prefix)
            return CelStringLiteral.Read(source, ref _at, prefix);
        if (char.IsAsciiLetter(c) || c == '_')
            return Word(start);
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < source.Length && char.IsAsciiDigit(source[_at + 1])))
            return Number(start);
        if (c == '`' && source.IndexOf('`', _at + 1) is var close and > 0)
        {
            _at = close + 1;
            return new CelToken(CelTokenKind.QuotedIdentifier, source[(start + 1)..close], start);
        }

        foreach (var symbol in LongSymbols)
        {
            if (source.AsSpan(_at).StartsWith(symbol))
            {
                _at += 2;
                return new CelToken(CelTokenKind.Symbol, symbol, start);
            }
        }

        if (!Symbols.Contains(c, StringComparison.Ordinal))
            throw new CelSyntaxException(new CelIssue(start, $"Syntax error: token recognition error at: '{c}'"));
        _at++;
        return new CelToken(CelTokenKind.Symbol, c.ToString(), start);
    }

    private void SkipSpace()
    {
        while (_at < source.Length)
        {
            if (source[_at] is ' ' or '\t' or '\r' or '\n' or '\f')
                _at++;
            else if (source.AsSpan(_at).StartsWith("//"))
                _at = source.IndexOf('\n', _at) is var end and >= 0 ? end : source.Length;
            else
                return;
        }
    }

    /// <summary>The letters before a quote that make a string raw or bytes; null where no string starts here.</summary>
    private string? StringStart()
    {
        var i = _at;
        while (i < source.Length && i - _at < 2 && source[i] is 'r' or 'R' or 'b' or 'B')
            i++;
        return i < source.Length && source[i] is '"' or '\'' ? source[_at..i].ToLowerInvariant() : null;
    }

    private CelToken Word(int start)
    {
        while (_at < source.Length && (char.IsAsciiLetterOrDigit(source[_at]) || source[_at] == '_'))
            _at++;
        var text = source[start.._at];
        return text switch
        {
            "true" => new CelToken(CelTokenKind.Literal, text, start, true),
            "false" => new CelToken(CelTokenKind.Literal, text, start, false),
            "null" => new CelToken(CelTokenKind.Literal, text, start, CelNull.Instance),
            "in" => new CelToken(CelTokenKind.Symbol, text, start),
            _ => new CelToken(CelTokenKind.Identifier, text, start),
        };
    }

    private CelToken Number(int start)
    {
        if (source.AsSpan(_at).StartsWith("0x") || source.AsSpan(_at).StartsWith("0X"))
        {
            _at += 2;
            Digits(char.IsAsciiHexDigit);
            return Integer(start, source[(start + 2).._at], NumberStyles.AllowHexSpecifier);
        }

        Digits(char.IsAsciiDigit);
        var real = false;
        if (_at + 1 < source.Length && source[_at] == '.' && char.IsAsciiDigit(source[_at + 1]))
        {
            real = true;
            _at++;
            Digits(char.IsAsciiDigit);
        }

        if (_at < source.Length && source[_at] is 'e' or 'E')
        {
            real = true;
            _at++;
            if (_at < source.Length && source[_at] is '+' or '-')
                _at++;
            Digits(char.IsAsciiDigit);
        }

        var text = source[start.._at];
        if (!real)
            return Integer(start, text, NumberStyles.None);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new CelToken(CelTokenKind.Literal, text, start, number)
            : throw new CelSyntaxException(new CelIssue(start, "invalid double literal"));
    }

    private CelToken Integer(int start, string digits, NumberStyles style)
    {
        if (!ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var value))
            throw new CelSyntaxException(new CelIssue(start, "invalid int literal"));
        if (_at < source.Length && source[_at] is 'u' or 'U')
        {
            _at++;
            return new CelToken(CelTokenKind.Literal, source[start.._at], start, value);
        }

        // The one number whose negation fits but which itself does not; the parser negates it or refuses it.
        return new CelToken(CelTokenKind.Literal, source[start.._at], start, value <= long.MaxValue ? (long)value : new CelIntegerOverflow(value));
    }

    private void Digits(Func<char, bool> isDigit)
    {
        while (_at < source.Length && isDigit(source[_at]))
            _at++;
    }
}

/// <summary>The magnitude of an integer literal that only its negation might fit.</summary>
internal sealed record CelIntegerOverflow(ulong Magnitude);
