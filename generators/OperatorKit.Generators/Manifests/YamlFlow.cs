using System.Collections.Generic;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>Flow collections of YAML, <c>[a, b]</c> and <c>{a: b}</c>, of which JSON is a part.</summary>
internal sealed class YamlFlow
{
    private const int DeepestNesting = 100;

    private readonly string _text;
    private readonly int _line;
    private int _position;
    private int _depth;

    private YamlFlow(string text, int line)
    {
        _text = text;
        _line = line;
    }

    /// <summary>The length of the collection that a text starts with; -1 where it is not closed.</summary>
    public static int End(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\'' when i == 0 || text[i - 1] is ' ' or ',' or '[' or '{' or ':' or '\n':
                    var end = YamlScalars.QuotedEnd(text, i);
                    if (end < 0)
                        return -1;
                    i = end - 1;
                    break;
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']':
                    if (--depth == 0)
                        return i + 1;
                    break;
            }
        }

        return -1;
    }

    public static Node Read(string text, int line) => new YamlFlow(text, line).ReadNode();

    private YamlException Error(string message) => new(message, _line);

    private char Next()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\t')
            _position++;
        return _position < _text.Length ? _text[_position] : throw Error("a bracket is not closed");
    }

    private Node ReadNode()
    {
        if (++_depth > DeepestNesting)
            throw Error($"nested deeper than {DeepestNesting} levels");
        var node = Next() switch
        {
            '{' => ReadMapping(),
            '[' => ReadSequence(),
            '"' or '\'' => YamlScalars.Unquote(Quoted(), _line),
            '&' or '*' or '!' => throw Error("anchors, aliases and tags have no place in manifests"),
            _ => YamlScalars.Plain(Plain(), _line),
        };
        _depth--;
        return node;
    }

    private Sequence ReadSequence()
    {
        var items = new List<Node>();
        for (_position++; Next() != ']';)
        {
            items.Add(ReadNode());
            Separate(']');
        }

        _position++;
        return new Sequence(items.ToEquatableArray());
    }

    private Mapping ReadMapping()
    {
        var entries = new List<Entry>();
        var keys = new HashSet<string>();
        for (_position++; Next() != '}';)
        {
            var key = Next() is '"' or '\'' ? YamlScalars.Unquote(Quoted(), _line).Value : Plain();
            if (!keys.Add(key))
                throw Error($"the key '{key}' is there twice");
            if (Next() != ':')
                throw Error($"expected ':' behind '{key}'");
            _position++;
            entries.Add(new Entry(key, Next() is ',' or '}' ? Node.Null : ReadNode()));
            Separate('}');
        }

        _position++;
        return new Mapping(entries.ToEquatableArray());
    }

    private void Separate(char end)
    {
        var next = Next();
        if (next == ',')
            _position++;
        else if (next != end)
            throw Error($"expected ',' or '{end}'");
    }

    private string Quoted()
    {
        var start = _position;
        var end = YamlScalars.QuotedEnd(_text, start);
        if (end < 0)
            throw Error("a quote is not closed");
        _position = end;
        return _text.Substring(start, end - start);
    }

    private string Plain()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is not (',' or ']' or '}' or '[' or '{')
            && !(_text[_position] == ':' && (_position + 1 == _text.Length || _text[_position + 1] is ' ' or ',' or '}' or ']')))
        {
            _position++;
        }

        if (_position == start)
            throw Error($"unexpected '{_text[start]}'");
        return _text.Substring(start, _position - start).Trim();
    }
}
