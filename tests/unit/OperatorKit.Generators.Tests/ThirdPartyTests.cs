using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

/// <summary>
/// Runs on definitions of others that are too large to keep here: point <c>OPERATORKIT_DEFINITIONS</c> at a directory with
/// <c>crds/*.yaml</c> and <c>examples/*.yaml</c>. Every definition has to compile, every example to survive reading and writing.
/// </summary>
public sealed class ThirdPartyTests
{
    private static readonly string? Root = Environment.GetEnvironmentVariable("OPERATORKIT_DEFINITIONS");

    [Fact]
    public void Definitions_of_others_compile_and_their_examples_survive()
    {
        Assert.SkipWhen(Root is null, "OPERATORKIT_DEFINITIONS names no directory.");
        var files = Directory.GetFiles(Path.Combine(Root!, "crds"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(static f => new InMemoryFile(f, File.ReadAllText(f), ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", "Imported." + Path.GetFileName(f).Split('_')[0])));
        var run = GeneratorRun.WithFiles("", [.. files]);
        run.Diagnostics.ShouldBeEmpty();
        run.Warnings().Take(20).ShouldBeEmpty();
        using var stream = new MemoryStream();
        run.Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success.ShouldBeTrue();
        var kinds = Assembly.Load(stream.ToArray()).GetExportedTypes().Where(static t => t.GetField("KubeKind") is not null)
            .ToDictionary(static t => $"{t.GetField("KubeGroup")!.GetRawConstantValue()}/{t.GetField("KubeApiVersion")!.GetRawConstantValue()}/{t.GetField("KubeKind")!.GetRawConstantValue()}");

        var survived = 0;
        var lost = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(Root!, "examples"), "*.yaml", SearchOption.AllDirectories))
        {
            foreach (var document in YamlReader.Read(File.ReadAllText(file)).OfType<Mapping>())
            {
                if (!kinds.TryGetValue($"{(document["apiVersion"] as Scalar)?.Value}/{(document["kind"] as Scalar)?.Value}", out var type))
                    continue;
                var json = JsonText.Write(document);
                var written = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type);
                var expected = WithoutNulls(JsonNode.Parse(json)!)!;
                expected["metadata"] ??= new JsonObject();
                if (JsonNode.DeepEquals(JsonNode.Parse(written), expected))
                    survived++;
                else
                    lost.Add($"{file}:\n{json}\n{written}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{kinds.Count} kinds compiled, {survived} examples survived.");
        lost.ShouldBeEmpty();
        survived.ShouldBeGreaterThan(0);
    }

    /// <summary>An explicit null says no more than absence.</summary>
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
}
