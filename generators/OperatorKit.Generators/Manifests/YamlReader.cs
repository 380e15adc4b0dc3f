using System;
using System.Collections.Generic;
using System.Text;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Manifests;

/// <summary>
/// Reads the YAML that Kubernetes manifests are written in: block and flow collections, all styles of scalars, several
/// documents. Anchors, aliases, tags and directives are refused: no manifest needs them, and they are how hostile files grow.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 100;

    private readonly string[] _lines;
    private int _line;
    private int _depth;

    private YamlReader(string[] lines) => _lines = lines;

    /// <summary>Reads all documents of a file; empty ones are left out.</summary>
    /// <exception cref="YamlException">The text is not YAML, or uses what is refused.</exception>
    public static IReadOnlyList<Node> Read(string text)
    {
        var reader = new YamlReader(text.Replace("\r\n", "\n").Split('\n'));
        var documents = new List<Node>();
        while (reader.SkipToContent())
        {
            if (IsMarker(reader.Current))
            {
                var rest = reader.Current.Length > 3 && reader.Current[0] == '-' ? reader.Current.Substring(3).Trim() : "";
                if (rest.Length > 0 && rest[0] != '#')
                    throw reader.Error("content on the line of a document marker is not supported");
                reader._line++;
                continue;
            }

            documents.Add(reader.ReadBlock(0));
            if (reader.SkipToContent() && !IsMarker(reader.Current))
                throw reader.Error("this line does not belong to what stands before it: look at its indentation");
        }

        return documents;
    }

    private string Current => _lines[_line];

    private YamlException Error(string message) => new(message, Math.Min(_line, _lines.Length - 1));

    /// <summary>Moves to the next line that is neither empty nor a comment; false at the end.</summary>
    private bool SkipToContent()
    {
        for (; _line < _lines.Length; _line++)
        {
            var text = Current.TrimStart(' ');
            if (text.Length > 0 && text[0] == '\t' && text.Trim().Length > 0)
                throw Error("tabs cannot indent YAML");
            if (text.Trim().Length > 0 && text[0] != '#')
                return true;
        }

        return false;
    }

    private static bool IsMarker(string line) => (line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal)) && (line.Length == 3 || line[3] is ' ');

    private static int Indent(string line)
    {
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
            indent++;
        return indent;
    }

    /// <summary>Reads the node that starts on the current line.</summary>
    private Node ReadBlock(int least)
    {
        if (++_depth > DeepestNesting)
            throw Error($"nested deeper than {DeepestNesting} levels");
        var indent = Indent(Current);
        if (indent < least)
            throw Error("a value is missing");
        var text = Current.Substring(indent);
        Node node;
        if (IsItem(text))
            node = ReadSequence(indent);
        else if (YamlScalars.KeyEnd(text) > 0)
            node = ReadMapping(indent);
        else
            node = ReadInline(indent, indent - 1);
        _depth--;
        return node;
    }

    private static bool IsItem(string text) => text == "-" || text.StartsWith("- ", StringComparison.Ordinal);

    private bool IsAt(int indent) => SkipToContent() && !IsMarker(Current) && Indent(Current) == indent;

    private Sequence ReadSequence(int indent)
    {
        var items = new List<Node>();
        while (IsAt(indent) && IsItem(Current.Substring(indent)))
        {
            var content = indent + 1;
            while (content < Current.Length && Current[content] == ' ')
                content++;
            if (content >= Current.Length || Current[content] == '#')
            {
                _line++;
                items.Add(SkipToContent() && !IsMarker(Current) && Indent(Current) > indent ? ReadBlock(indent + 1) : Node.Null);
                continue;
            }

            // The item reads as if it stood on lines of its own.
            _lines[_line] = new string(' ', content) + Current.Substring(content);
            items.Add(ReadBlock(content));
        }

        return new Sequence(items.ToEquatableArray());
    }

    private Mapping ReadMapping(int indent)
    {
        var entries = new List<Entry>();
        var keys = new HashSet<string>();
        while (IsAt(indent))
        {
            var text = Current.Substring(indent);
            var end = YamlScalars.KeyEnd(text);
            if (end <= 0)
                throw Error("expected 'key: value'");
            var key = YamlScalars.Key(text.Substring(0, end), _line);
            if (!keys.Add(key))
                throw Error($"the key '{key}' is there twice");
            var value = indent + end + 1;
            while (value < Current.Length && Current[value] == ' ')
                value++;
            entries.Add(new Entry(key, value >= Current.Length || Current[value] == '#' ? ReadNested(indent) : ReadInline(value, indent)));
        }

        return new Mapping(entries.ToEquatableArray());
    }

    /// <summary>The value of a key with nothing behind it: the lines below, if they are deeper, or items at the same depth.</summary>
    private Node ReadNested(int indent)
    {
        _line++;
        if (!SkipToContent() || IsMarker(Current))
            return Node.Null;
        var next = Indent(Current);
        return next > indent || (next == indent && IsItem(Current.Substring(next))) ? ReadBlock(next) : Node.Null;
    }

    /// <summary>Reads a value that starts in the middle of the current line; lines deeper than <paramref name="parent"/> go on with it.</summary>
    private Node ReadInline(int start, int parent)
    {
        var text = Current.Substring(start);
        switch (text[0])
        {
            case '|' or '>':
                return ReadLiteral(text, parent);
            case '"' or '\'':
                return ReadUntil(text, static t => YamlScalars.QuotedEnd(t), static (t, line) => YamlScalars.Unquote(t, line));
            case '{' or '[':
                return ReadUntil(text, static t => YamlFlow.End(t), static (t, line) => YamlFlow.Read(t, line));
            case '&' or '*' or '!' or '%' or '@' or '`' or '?':
                throw Error($"'{text[0]}' at the start of a value is not supported: anchors, aliases and tags have no place in manifests");
            default:
                return ReadPlain(text, parent);
        }
    }

    /// <summary>Reads a value that ends with its quote or bracket. The text to look at doubles, so that long values cost no more than their length.</summary>
    private Node ReadUntil(string text, Func<string, int> end, Func<string, int, Node> read)
    {
        var first = _line;
        var joined = text;
        int length;
        for (var taken = 1; (length = end(joined)) < 0; taken *= 2)
        {
            if (first + taken >= _lines.Length)
                throw new YamlException("a quote or bracket is not closed", first);
            joined = text + "\n" + string.Join("\n", _lines, first + 1, Math.Min(taken * 2, _lines.Length - first) - 1);
        }

        var lineEnd = joined.IndexOf('\n', length);
        var rest = joined.Substring(length, (lineEnd < 0 ? joined.Length : lineEnd) - length).Trim();
        if (rest.Length > 0 && rest[0] != '#')
            throw new YamlException($"unexpected '{rest}' behind a value", first);
        var value = joined.Substring(0, length);
        foreach (var c in value)
            _line += c == '\n' ? 1 : 0;
        _line++;
        return read(value, first);
    }

    private Node ReadPlain(string text, int parent)
    {
        var first = _line++;
        var value = new StringBuilder(YamlScalars.WithoutComment(text));
        var breaks = 0;
        for (; _line < _lines.Length && !IsMarker(Current); _line++)
        {
            var line = Current.Trim();
            if (line.Length == 0)
            {
                breaks++;
                continue;
            }

            if (Indent(Current) <= parent || line[0] == '#')
                break;
            if (parent < 0 && YamlScalars.KeyEnd(line) > 0)
                break;
            value.Append(breaks > 0 ? new string('\n', breaks) : " ").Append(YamlScalars.WithoutComment(line));
            breaks = 0;
        }

        return YamlScalars.Plain(value.ToString(), first);
    }

    private Scalar ReadLiteral(string header, int parent)
    {
        var isFolded = header[0] == '>';
        var chomping = header.IndexOf('-') > 0 ? '-' : header.IndexOf('+') > 0 ? '+' : ' ';
        var indent = -1;
        foreach (var c in header)
        {
            if (char.IsDigit(c))
                indent = Math.Max(parent, 0) + (c - '0');
            else if (c == '#')
                break;
        }

        _line++;
        var lines = new List<string>();
        for (; _line < _lines.Length; _line++)
        {
            if (Current.Trim().Length == 0)
            {
                lines.Add(indent >= 0 && Current.Length > indent ? Current.Substring(indent) : "");
                continue;
            }

            if (indent < 0)
                indent = Indent(Current);
            if (Indent(Current) < indent || indent <= parent)
                break;
            lines.Add(Current.Substring(indent));
        }

        return new Scalar(YamlScalars.Chomp(isFolded ? YamlScalars.Fold(lines) : string.Join("\n", lines), chomping), ScalarStyle.Text);
    }
}
