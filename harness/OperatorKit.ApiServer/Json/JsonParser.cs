using System.Collections.Immutable;
using System.Text;

namespace OperatorKit.ApiServer.Json;

/// <summary>
/// Reads UTF-8 JSON as Go's encoding/json does: the same grammar, the same error texts, invalid UTF-8 replaced,
/// and every member that stands twice in one object reported.
/// </summary>
internal ref struct JsonParser
{
    /// <summary>Duplicates after these are not reported, as in Go: their paths could be longer than the text.</summary>
    private const int MaxDuplicates = 100;

    // Apart, so that values, which are many, do not push the names out.
    private static readonly SharedStrings Names = new();
    private static readonly SharedStrings Values = new();

    private readonly ReadOnlySpan<byte> _text;
    private readonly List<string> _duplicates;
    private readonly List<(string? Name, int Index)> _path;
    private int _at;

    private JsonParser(ReadOnlySpan<byte> text)
    {
        _text = text;
        _duplicates = [];
        _path = [];
    }

    /// <summary>Reads one document.</summary>
    /// <exception cref="JsonSyntaxException">The text is not JSON.</exception>
    public static ParsedJson Parse(ReadOnlySpan<byte> utf8)
    {
        var parser = new JsonParser(utf8);
        var value = parser.ReadValue();
        parser.SkipSpace();
        if (parser._at < utf8.Length)
            throw parser.Unexpected("after top-level value");
        return new ParsedJson(value, [.. parser._duplicates]);
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static ParsedJson Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private JsonValue ReadValue()
    {
        if (_path.Count > JsonDepth.Maximum)
            throw new JsonSyntaxException("exceeded max depth");
        SkipSpace();
        switch (Peek())
        {
            case (byte)'{':
                return ReadObject();
            case (byte)'[':
                return ReadArray();
            case (byte)'"':
                return new JsonString(ReadString(isName: false));
            case (byte)'t':
                ReadLiteral("true"u8);
                return JsonBool.True;
            case (byte)'f':
                ReadLiteral("false"u8);
                return JsonBool.False;
            case (byte)'n':
                ReadLiteral("null"u8);
                return JsonNull.Instance;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber();
            default:
                throw Unexpected("looking for beginning of value");
        }
    }

    private JsonObject ReadObject()
    {
        _at++;
        var members = new JsonObject.Builder();
        SkipSpace();
        if (Peek() == '}')
        {
            _at++;
            return JsonObject.Empty;
        }

        var place = _path.Count;
        _path.Add(default);
        while (true)
        {
            SkipSpace();
            if (Peek() != '"')
                throw Unexpected("looking for beginning of object key string");
            var key = ReadString(isName: true);
            SkipSpace();
            if (Peek() != ':')
                throw Unexpected("after object key");
            _at++;
            _path[place] = (key, -1);
            var value = ReadValue();
            if (_duplicates.Count < MaxDuplicates && members.ContainsKey(key))
                _duplicates.Add(Path());
            members[key] = value;
            SkipSpace();
            switch (Peek())
            {
                case (byte)',':
                    _at++;
                    break;
                case (byte)'}':
                    _at++;
                    _path.RemoveAt(place);
                    return members.Build();
                default:
                    throw Unexpected("after object key:value pair");
            }
        }
    }

    private JsonArray ReadArray()
    {
        _at++;
        SkipSpace();
        if (Peek() == ']')
        {
            _at++;
            return JsonArray.Empty;
        }

        var items = ImmutableArray.CreateBuilder<JsonValue>();
        var place = _path.Count;
        _path.Add(default);
        while (true)
        {
            _path[place] = (null, items.Count);
            items.Add(ReadValue());
            SkipSpace();
            switch (Peek())
            {
                case (byte)',':
                    _at++;
                    break;
                case (byte)']':
                    _at++;
                    _path.RemoveAt(place);
                    return new JsonArray(items.DrainToImmutable());
                default:
                    throw Unexpected("after array element");
            }
        }
    }

    /// <summary>Where the parser is: <c>spec.items[0].k</c>.</summary>
    private readonly string Path() => FieldPath.Text(_path.Aggregate((FieldPath?)null, static (path, step) => step.Name is { } name ? path.Then(name) : path.Then(step.Index)));

    private string ReadString(bool isName)
    {
        _at++;
        var start = _at;
        while (Peek() is var c && c != '"')
        {
            if (c == '\\')
                return ReadEscapedString(start);
            if (c < 0x20)
                throw Unexpected("in string literal");
            _at++;
        }

        return (isName ? Names : Values).Of(_text[start.._at++]);
    }

    private string ReadEscapedString(int start)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(_text[start.._at]));
        while (true)
        {
            var from = _at;
            while (Peek() is not ((byte)'"' or (byte)'\\') and var c)
            {
                if (c < 0x20)
                    throw Unexpected("in string literal");
                _at++;
            }

            text.Append(Encoding.UTF8.GetString(_text[from.._at]));
            if (_text[_at++] == '"')
                return ReplaceLoneSurrogates(text);
            text.Append(ReadEscape());
        }
    }

    private char ReadEscape()
    {
        var c = Peek();
        char? simple = c switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)c,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'u' => null,
            _ => throw Unexpected("in string escape code"),
        };
        _at++;
        if (simple is { } plain)
            return plain;

        var code = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = (char)Peek();
            if (!char.IsAsciiHexDigit(digit))
                throw Unexpected("in \\u hexadecimal character escape");
            code = (code << 4) | Convert.ToInt32(digit.ToString(), 16);
            _at++;
        }

        return (char)code;
    }

    private static string ReplaceLoneSurrogates(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else
                text[i] = '\uFFFD';
        }

        return text.ToString();
    }

    private JsonNumber ReadNumber()
    {
        var start = _at;
        if (_text[_at] == '-')
        {
            _at++;
            if (!char.IsAsciiDigit((char)Peek()))
                throw Unexpected("in numeric literal");
        }

        if (_text[_at] == '0')
            _at++;
        else
            SkipDigits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            if (!char.IsAsciiDigit((char)Peek()))
                throw Unexpected("after decimal point in numeric literal");
            SkipDigits();
        }

        if (_at < _text.Length && _text[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (Peek() is (byte)'+' or (byte)'-')
                _at++;
            if (!char.IsAsciiDigit((char)Peek()))
                throw Unexpected("in exponent of numeric literal");
            SkipDigits();
        }

        return new JsonNumber(Encoding.ASCII.GetString(_text[start.._at]));
    }

    private void SkipDigits()
    {
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
            _at++;
    }

    private void ReadLiteral(ReadOnlySpan<byte> literal)
    {
        for (var i = 0; i < literal.Length; i++, _at++)
        {
            if (Peek() != literal[i])
                throw Unexpected($"in literal {Encoding.ASCII.GetString(literal)} (expecting '{(char)literal[i]}')");
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : throw new JsonSyntaxException("unexpected end of JSON input");

    private readonly JsonSyntaxException Unexpected(string where)
    {
        // As Go quotes a byte: by itself, whatever character it is a part of.
        var shown = _text[_at] switch
        {
            (byte)'\'' => "\\'",
            (byte)'\\' => "\\\\",
            (byte)'\a' => "\\a",
            (byte)'\b' => "\\b",
            (byte)'\f' => "\\f",
            (byte)'\n' => "\\n",
            (byte)'\r' => "\\r",
            (byte)'\t' => "\\t",
            (byte)'\v' => "\\v",
            < 0x20 or 0x7f => $"\\x{_text[_at]:x2}",
            (>= 0x80 and <= 0xa0) or 0xad => $"\\u{_text[_at]:x4}",
            var printable => $"{(char)printable}",
        };
        return new JsonSyntaxException($"invalid character '{shown}' {where}");
    }
}
