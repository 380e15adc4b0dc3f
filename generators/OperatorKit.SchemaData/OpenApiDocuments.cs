using System.Text.Json.Nodes;

namespace OperatorKit.SchemaData;

/// <summary>The definitions of all OpenAPI v3 documents, joined. A definition that several documents carry is taken from the first, in ordinal order.</summary>
internal sealed class OpenApiDocuments
{
    private readonly Dictionary<(string Group, string Version, string Kind), string> _kinds = [];

    private OpenApiDocuments()
    {
    }

    public SortedDictionary<string, JsonObject> Definitions { get; } = new(StringComparer.Ordinal);

    /// <summary>The group-versions that have a document: the generally available ones.</summary>
    public HashSet<string> GroupVersions { get; } = new(StringComparer.Ordinal);

    public static OpenApiDocuments Read(string directory)
    {
        var result = new OpenApiDocuments();
        foreach (var file in Directory.GetFiles(directory, "*_openapi.json").Order(StringComparer.Ordinal))
            result.Add(Path.GetFileName(file), JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        return result;
    }

    /// <summary>The definition that carries the kind, or null where the kind has no schema.</summary>
    public string? DefinitionOf(string group, string version, string kind) => _kinds.GetValueOrDefault((group, version, kind));

    private void Add(string file, JsonObject document)
    {
        var parts = file.Replace("_openapi.json", "", StringComparison.Ordinal).Split("__");
        if (parts is ["api", var core])
            GroupVersions.Add(core);
        else if (parts is ["apis", var group, var version])
            GroupVersions.Add($"{group}/{version}");

        foreach (var (name, schema) in document["components"]?["schemas"]?.AsObject() ?? [])
        {
            if (!Definitions.TryAdd(name, schema!.AsObject()))
                continue;
            foreach (var kind in schema["x-kubernetes-group-version-kind"]?.AsArray() ?? [])
                _kinds.TryAdd((kind!["group"]!.GetValue<string>(), kind["version"]!.GetValue<string>(), kind["kind"]!.GetValue<string>()), name);
        }
    }
}
