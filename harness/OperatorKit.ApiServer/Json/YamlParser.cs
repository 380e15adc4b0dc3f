using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OperatorKit.ApiServer.Json;

/// <summary>
/// Reads YAML into JSON values by the rules of sigs.k8s.io/yaml: plain scalars resolve as in YAML 1.1 (<c>yes</c> is true),
/// aliases and merge keys are expanded, timestamps stay text. The first document counts.
/// </summary>
internal sealed class YamlParser
{
    private const int MaxDuplicates = 100;

    /// <summary>The most nodes and characters that a document may have once its aliases are written out.</summary>
    private const int MaxExpandedSize = 10_000_000;

    private readonly IParser _events;
    private readonly Dictionary<string, JsonValue> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Extent> _extents = new(StringComparer.Ordinal);
    private readonly List<string> _duplicates = [];
    private long _size;
    private int _deepest;

    private YamlParser(IParser events) => _events = events;

    /// <summary>Reads the first document; an empty text is null.</summary>
    /// <exception cref="JsonSyntaxException">The text is not YAML, or not a document that JSON can express.</exception>
    public static ParsedJson Parse(ReadOnlySpan<byte> utf8)
    {
        using var reader = new StringReader(Encoding.UTF8.GetString(utf8));
        var parser = new YamlParser(new Parser(reader));
        try
        {
            return parser.ReadDocument();
        }
        catch (YamlException error)
        {
            throw new JsonSyntaxException(YamlErrorText.Of(error));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The scanner has no error of its own for some broken flows and tags.
            throw new JsonSyntaxException($"yaml: {error.Message}");
        }
    }

    private ParsedJson ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
            return new ParsedJson(JsonNull.Instance, []);
        _events.Consume<DocumentStart>();
        var value = ReadNode(null, 0);
        return new ParsedJson(value, []) { RepeatedKeys = [.. _duplicates] };
    }

    private JsonValue ReadNode(FieldPath? path, int depth)
    {
        Reach(depth);
        if (_events.TryConsume<AnchorAlias>(out var alias))
            return Expand(alias, depth);

        var (from, deepest) = (_size++, _deepest);
        _deepest = depth;
        var node = _events.Accept<NodeEvent>(out var start) ? start : throw new JsonSyntaxException("yaml: unexpected end of document");
        var value = node switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(path, depth),
            _ => ReadMapping(path, depth),
        };
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = value;
            _extents[node.Anchor.Value] = new Extent(_size - from, _deepest - depth);
        }

        _deepest = Math.Max(deepest, _deepest);
        return value;
    }

    private JsonValue ReadScalar()
    {
        var scalar = _events.Consume<Scalar>();
        _size += scalar.Value.Length;
        return YamlScalar.Resolve(scalar);
    }

    private void Reach(int depth)
    {
        if (depth > JsonDepth.Maximum)
            throw new JsonSyntaxException("yaml: exceeded max depth");
        _deepest = Math.Max(_deepest, depth);
    }

    /// <summary>Counts what an alias stands for, so that a small text can become neither large nor deep without bound.</summary>
    private JsonValue Expand(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var value))
            throw new JsonSyntaxException($"yaml: unknown anchor '{alias.Value.Value}' referenced");
        var extent = _extents[alias.Value.Value];
        Reach(depth + extent.Depth);
        _size += extent.Size;
        return _size <= MaxExpandedSize ? value : throw new JsonSyntaxException("yaml: document contains excessive aliasing");
    }

    private JsonArray ReadSequence(FieldPath? path, int depth)
    {
        _events.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<JsonValue>();
        while (!_events.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(path.Then(items.Count), depth + 1));
        return new JsonArray(items.DrainToImmutable());
    }

    private JsonObject ReadMapping(FieldPath? path, int depth)
    {
        var start = _events.Consume<MappingStart>();
        var members = new JsonObject.Builder();
        var merged = new List<JsonObject>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var isMerge = _events.Accept<Scalar>(out var scalar) && scalar is { Value: "<<", Style: ScalarStyle.Plain };
            var line = _events.Current?.Start.Line;
            var key = Key(ReadNode(null, depth + 1), start);
            var member = path.Then(key);
            var value = ReadNode(member, depth + 1);
            if (isMerge)
            {
                AddMerged(value, merged);
                continue;
            }

            if (_duplicates.Count < MaxDuplicates && members.ContainsKey(key))
                _duplicates.Add($"line {line}: key \"{key}\" already set in map");
            members[key] = value;
        }

        foreach (var (key, value) in merged.SelectMany(static source => (IEnumerable<KeyValuePair<string, JsonValue>>)source))
        {
            if (!members.ContainsKey(key))
                members[key] = value;
        }

        return members.Build();
    }

    private static void AddMerged(JsonValue value, List<JsonObject> merged)
    {
        switch (value)
        {
            case JsonObject single:
                merged.Add(single);
                break;
            case JsonArray several when several.All(static item => item is JsonObject):
                merged.AddRange(several.Items.Cast<JsonObject>());
                break;
            default:
                throw new JsonSyntaxException("yaml: map merge requires map or sequence of maps as the value");
        }
    }

    private static string Key(JsonValue key, MappingStart mapping) => key switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.Token,
        JsonBool boolean => boolean.Value ? "true" : "false",
        JsonNull => "null",
        _ => throw new JsonSyntaxException($"yaml: line {mapping.Start.Line}: a key of a mapping must be a scalar"),
    };

    /// <summary>What an anchor stands for.</summary>
    /// <param name="Size">Its nodes and characters, aliases written out.</param>
    /// <param name="Depth">How deep it goes below itself.</param>
    private readonly record struct Extent(long Size, int Depth);
}
