using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>Definitions and objects of their kinds, as they lie together in the files of a project.</summary>
internal static class ImportedExamples
{
    /// <summary>Makes records of all definitions, compiles them, and reads and writes each object of their kinds.</summary>
    /// <param name="files">YAML files; what is neither a definition nor an object of one is passed over.</param>
    /// <returns>The names of the kinds, and how many objects came back as they were.</returns>
    public static (IReadOnlyCollection<string> Kinds, int Objects) RoundTrip(IEnumerable<string> files)
    {
        var documents = files.Order(StringComparer.Ordinal).SelectMany(Documents).ToList();
        var definitions = documents.Where(static d => Text(d["kind"]) == "CustomResourceDefinition").DistinctBy(static d => Text((d["metadata"] as Mapping)!["name"]));
        var run = GeneratorRun.WithFiles("", [.. definitions.Select((d, i) => new InMemoryFile($"{i}.yaml", JsonText.Write(d), ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", "")))]);
        run.Diagnostics.ShouldBeEmpty();
        run.Warnings().Take(10).ShouldBeEmpty();
        using var stream = new MemoryStream();
        run.Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success.ShouldBeTrue();

        var kinds = Assembly.Load(stream.ToArray()).GetExportedTypes().Where(static t => t.GetField("KubeKind") is not null)
            .ToDictionary(static t => $"{Constant(t, "KubeGroup")}/{Constant(t, "KubeApiVersion")}/{Constant(t, "KubeKind")}");
        var objects = documents.Where(d => kinds.ContainsKey(KindOf(d))).ToList();
        foreach (var document in objects)
            Survives(document, kinds[KindOf(document)]);
        return (kinds.Keys, objects.Count);
    }

    private static void Survives(Mapping document, Type type)
    {
        var json = JsonText.Write(document);
        var written = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type);
        var expected = WithoutNulls(JsonNode.Parse(json)!)!;
        expected["metadata"] ??= new JsonObject();
        JsonNode.DeepEquals(WithoutNulls(JsonNode.Parse(written)), expected).ShouldBeTrue($"{type}:\n{json}\n{written}");
    }

    private static IEnumerable<Mapping> Documents(string file)
    {
        try
        {
            return YamlReader.Read(File.ReadAllText(file)).OfType<Mapping>();
        }
        catch (YamlException) when (!File.ReadAllText(file).Contains("kind: CustomResourceDefinition", StringComparison.Ordinal))
        {
            return []; // Templates and the like.
        }
    }

    /// <summary>An explicit null of a member says no more than absence; one in a list has its place.</summary>
    private static JsonNode? WithoutNulls(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is null)
                    members.Remove(name);
                else
                    WithoutNulls(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                WithoutNulls(item);
        }

        return node;
    }

    private static string KindOf(Mapping document) => $"{Text(document["apiVersion"])}/{Text(document["kind"])}";

    private static object? Constant(Type type, string name) => type.GetField(name)!.GetRawConstantValue();

    private static string? Text(Node? node) => (node as Scalar)?.Value;
}
