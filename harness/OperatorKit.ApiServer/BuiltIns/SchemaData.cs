using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>
/// The embedded schema data of the built-in kinds (its format: docs/decisions/schema-data.md). The text is cut at its lines,
/// and a definition is parsed when it is asked for: a server that serves pods never parses storage classes.
/// </summary>
internal sealed class SchemaData
{
    private const string DefinitionStart = "\"io.k8s.";

    private readonly byte[] _text;
    private readonly Dictionary<string, Range> _definitions = new(StringComparer.Ordinal);
    private readonly Range _resources;

    private SchemaData(byte[] text)
    {
        _text = text;
        _resources = Index();
    }

    public static SchemaData Embedded { get; } = Load();

    public IReadOnlyCollection<string> Names => _definitions.Keys;

    /// <summary>The definition as written, or null where there is none.</summary>
    public JsonObject? Definition(string name) => _definitions.TryGetValue(name, out var range) ? (JsonObject)JsonParser.Parse(_text.AsSpan(range)).Value : null;

    public bool Contains(string name) => _definitions.ContainsKey(name);

    public IEnumerable<JsonObject> Resources() => ((JsonArray)JsonParser.Parse(_text.AsSpan(_resources)).Value).Items.Cast<JsonObject>();

    private static SchemaData Load()
    {
        using var stream = typeof(SchemaData).Assembly.GetManifestResourceStream("kubernetes.schema.json")
            ?? throw new InvalidOperationException("The schema data of the built-in kinds is not embedded in this assembly.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return new SchemaData(text);
    }

    private Range Index()
    {
        var text = _text.AsSpan();
        var resources = "\"resources\":"u8;
        string? name = null;
        var start = 0;
        for (var line = 0; line < text.Length; line += text[line..].IndexOf((byte)'\n') + 1)
        {
            var rest = text[line..];
            var isEnd = rest.StartsWith("},\n"u8);
            if (!isEnd && !rest.StartsWith(Encoding.UTF8.GetBytes(DefinitionStart)))
                continue;
            if (name is not null)
                _definitions[name] = start..(line - (isEnd ? 1 : 2));
            if (isEnd)
                return (line + 3 + text[(line + 3)..].IndexOf(resources) + resources.Length)..^2;
            var quote = rest[1..].IndexOf((byte)'"') + 1;
            name = Encoding.UTF8.GetString(rest[1..quote]);
            start = line + quote + 2;
        }

        throw new InvalidOperationException("The embedded schema data has no resources; make it again with generators/OperatorKit.SchemaData.");
    }
}
