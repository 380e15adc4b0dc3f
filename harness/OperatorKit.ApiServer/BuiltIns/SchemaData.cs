using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>
/// The embedded schema data of the built-in kinds (its format: docs/decisions/schema-data.md). The text is cut at its lines,
/// and a definition is parsed when it is asked for: a server that serves pods never parses storage classes.
/// </summary>
internal sealed class SchemaData
{
    private readonly byte[] _text;
    private readonly Lazy<Dictionary<string, Place>> _definitions;

    private SchemaData(byte[] text)
    {
        _text = text;
        _definitions = new Lazy<Dictionary<string, Place>>(Index);
    }

    public static SchemaData Embedded { get; } = Load();

    public IReadOnlyCollection<string> Names => _definitions.Value.Keys;

    /// <summary>The definition as written, or null where there is none.</summary>
    public JsonObject? Definition(string name) => _definitions.Value.TryGetValue(name, out var place) ? (JsonObject)JsonParser.Parse(_text.AsSpan(place.Start, place.Length)).Value : null;

    public bool Contains(string name) => _definitions.Value.ContainsKey(name);

    /// <summary>Every version of every resource. They are the last member of the document, after the definitions.</summary>
    public IEnumerable<JsonObject> Resources()
    {
        var member = "\"resources\":"u8;
        var start = _text.AsSpan().LastIndexOf(member);
        if (start < 0)
            throw Damaged("has no resources");
        return ((JsonArray)JsonParser.Parse(_text.AsSpan()[(start + member.Length).._text.AsSpan().LastIndexOf((byte)'}')]).Value).Items.Cast<JsonObject>();
    }

    private static SchemaData Load()
    {
        using var stream = typeof(SchemaData).Assembly.GetManifestResourceStream("kubernetes.schema.json")
            ?? throw new InvalidOperationException("The schema data of the built-in kinds is not embedded in this assembly.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return new SchemaData(text);
    }

    private Dictionary<string, Place> Index()
    {
        var definitions = new Dictionary<string, Place>(StringComparer.Ordinal);
        var text = _text.AsSpan();
        string? name = null;
        var start = 0;
        for (var line = 0; line < text.Length; line += text[line..].IndexOf((byte)'\n') + 1)
        {
            var rest = text[line..];
            var isEnd = rest.StartsWith("},\n"u8);
            if (!isEnd && !rest.StartsWith("\"io.k8s."u8))
                continue;
            if (name is not null)
                definitions[name] = new Place(start, line - (isEnd ? 1 : 2) - start);
            if (isEnd)
                return definitions;
            var quote = rest[1..].IndexOf((byte)'"') + 1;
            name = Encoding.UTF8.GetString(rest[1..quote]);
            start = line + quote + 2;
        }

        throw Damaged("has definitions that do not end");
    }

    private static InvalidOperationException Damaged(string problem) =>
        new($"The embedded schema data {problem}; make it again with generators/OperatorKit.SchemaData.");

    /// <summary>Where the text of a definition stands.</summary>
    private sealed record Place(int Start, int Length);
}
