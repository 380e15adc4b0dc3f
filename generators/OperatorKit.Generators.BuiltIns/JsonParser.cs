using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OperatorKit.Generators.BuiltIns;

/// <summary>Parses JSON that a file gives to the compiler. System.Text.Json is not there inside a compiler of netstandard2.0.</summary>
internal sealed class JsonParser
{
    private const int DeepestNesting = 128;

    private readonly string _text;
    private int _position;
    private int _depth;

    private JsonParser(string text) => _text = text;

    /// <summary>Parses a document.</summary>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static JsonNode Parse(string text)
    {
        var parser = new JsonParser(text);
        var value = parser.Value();
        parser.Space();
        return parser._position == text.Length ? value : throw parser.Error("text after the end");
    }

    private JsonNode Value()
    {
        Space();
        switch (Peek())
        {
            case '{':
                return Nested(Members);
            case '[':
                return Nested(Items);
            case '"':
                return JsonNode.Scalar(JsonNodeKind.String, String());
            case 't':
                return Word("true", JsonNodeKind.Boolean);
            case 'f':
                return Word("false", JsonNodeKind.Boolean);
            case 'n':
                return Word("null", JsonNodeKind.Null);
            default:
                return Number();
        }
    }

    private JsonNode Nested(Func<JsonNode> read)
    {
        if (++_depth > DeepestNesting)
            throw Error("nested too deeply");
        _position++;
        var value = read();
        _depth--;
        return value;
    }

    private JsonNode Members()
    {
        var members = new List<KeyValuePair<string, JsonNode>>();
        Space();
        while (Peek() != '}')
        {
            if (members.Count > 0)
                Expect(',');
            Space();
            var name = String();
            Space();
            Expect(':');
            members.Add(new KeyValuePair<string, JsonNode>(name, Value()));
            Space();
        }

        _position++;
        return JsonNode.Object(members);
    }

    private JsonNode Items()
    {
        var items = new List<JsonNode>();
        Space();
        while (Peek() != ']')
        {
            if (items.Count > 0)
                Expect(',');
            items.Add(Value());
            Space();
        }

        _position++;
        return JsonNode.Array(items);
    }

    private string String()
    {
        Expect('"');
        var start = _position;
        var end = _text.IndexOfAny(['"', '\\'], start);
        if (end >= 0 && _text[end] == '"')
        {
            _position = end + 1;
            return _text.Substring(start, end - start);
        }

        var text = new StringBuilder();
        while (Peek() != '"')
        {
            var c = _text[_position++];
            text.Append(c == '\\' ? Escaped() : c);
        }

        _position++;
        return text.ToString();
    }

    private char Escaped()
    {
        var c = Peek();
        _position++;
        switch (c)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u' when _position + 4 <= _text.Length
                && ushort.TryParse(_text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            case '"' or '\\' or '/':
                return c;
            default:
                throw Error("unknown escape");
        }
    }

    private JsonNode Number()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsDigit(_text[_position]) || _text[_position] is '-' or '+' or '.' or 'e' or 'E'))
            _position++;
        return _position > start
            ? JsonNode.Scalar(JsonNodeKind.Number, _text.Substring(start, _position - start))
            : throw Error("expected a value");
    }

    private JsonNode Word(string word, JsonNodeKind kind)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
            throw Error("expected a value");
        _position += word.Length;
        return JsonNode.Scalar(kind, word);
    }

    private void Space()
    {
        while (_position < _text.Length && (_text[_position] is ' ' or '\t' or '\n' or '\r'))
            _position++;
    }

    private char Peek() => _position < _text.Length ? _text[_position] : throw Error("the text ends too early");

    private void Expect(char c)
    {
        if (Peek() != c)
            throw Error($"expected '{c}'");
        _position++;
    }

    private FormatException Error(string problem) => new($"{problem}, at character {_position.ToString(CultureInfo.InvariantCulture)}");
}
