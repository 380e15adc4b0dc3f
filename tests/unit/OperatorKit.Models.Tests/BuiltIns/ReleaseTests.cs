using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.Models.Tests.BuiltIns;

/// <summary>The built-in kinds, held against the schema data of the release.</summary>
public class ReleaseTests
{
    private const int Depth = 6;
    private const int Rounds = 4;

    private static readonly Dictionary<string, Type> Kinds = typeof(V1Pod).Assembly.GetExportedTypes()
        .Where(t => t.Namespace == "OperatorKit.Models" && t.GetField("KubeKind") is not null)
        .ToDictionary(t => $"{Constant(t, "KubeGroup")}/{Constant(t, "KubeApiVersion")}/{Constant(t, "KubeKind")}");

    [Theory]
    [InlineData("", "v1", 17)]
    [InlineData("admissionregistration.k8s.io", "v1", 6)]
    [InlineData("apiextensions.k8s.io", "v1", 1)]
    [InlineData("apiregistration.k8s.io", "v1", 1)]
    [InlineData("apps", "v1", 5)]
    [InlineData("authentication.k8s.io", "v1", 2)]
    [InlineData("authorization.k8s.io", "v1", 4)]
    [InlineData("autoscaling", "v1", 1)]
    [InlineData("autoscaling", "v2", 1)]
    [InlineData("batch", "v1", 2)]
    [InlineData("certificates.k8s.io", "v1", 1)]
    [InlineData("coordination.k8s.io", "v1", 1)]
    [InlineData("discovery.k8s.io", "v1", 1)]
    [InlineData("events.k8s.io", "v1", 1)]
    [InlineData("flowcontrol.apiserver.k8s.io", "v1", 2)]
    [InlineData("networking.k8s.io", "v1", 5)]
    [InlineData("node.k8s.io", "v1", 1)]
    [InlineData("policy", "v1", 1)]
    [InlineData("rbac.authorization.k8s.io", "v1", 4)]
    [InlineData("resource.k8s.io", "v1", 4)]
    [InlineData("scheduling.k8s.io", "v1", 1)]
    [InlineData("storage.k8s.io", "v1", 6)]
    public void Every_stable_group_of_the_release_is_there(string group, string version, int kinds) =>
        Kinds.Keys.Count(k => k.StartsWith($"{group}/{version}/", StringComparison.Ordinal)).ShouldBe(kinds);

    [Fact]
    public void Every_resource_is_named_as_the_release_names_it()
    {
        foreach (var resource in ReleaseSchema.Resources)
        {
            var definition = (ResourceDefinition)Kinds[Key(resource)].GetProperty("Definition")!.GetValue(null)!;
            var subresources = resource.TryGetProperty("subresources", out var list) ? list.EnumerateArray().Select(s => s.Text("name")).ToList() : [];
            definition.Group.ShouldBe(resource.Text("group"));
            definition.Version.ShouldBe(resource.Text("version"));
            definition.Kind.ShouldBe(resource.Text("kind"));
            definition.Plural.ShouldBe(resource.Text("name"));
            definition.Scope.ShouldBe(resource.TryGetProperty("namespaced", out var namespaced) && namespaced.GetBoolean() ? ResourceScope.Namespaced : ResourceScope.Cluster);
            definition.HasStatus.ShouldBe(subresources.Contains("status"), definition.Kind);
            definition.HasScale.ShouldBe(subresources.Contains("scale"), definition.Kind);
        }
    }

    /// <summary>Objects come from the schema and not from the types, so that a field that the types lack is a failure.</summary>
    [Fact]
    public void Every_field_of_every_kind_survives_however_it_is_written()
    {
        var objects = new SchemaObject(new Random(36));
        foreach (var resource in ReleaseSchema.Resources)
        {
            var type = Kinds[Key(resource)];
            for (var round = 0; round < Rounds; round++)
            {
                var (plain, noisy) = objects.Make(resource.Text("definition")!, Depth);
                var written = JsonSerializer.Serialize(JsonSerializer.Deserialize(noisy, type), type);
                if (!JsonNode.DeepEquals(JsonNode.Parse(written), plain))
                    Assert.Fail($"{type.Name}, {Difference(plain, JsonNode.Parse(written), "$")}");
            }
        }
    }

    private static string? Difference(JsonNode? expected, JsonNode? actual, string path)
    {
        if (JsonNode.DeepEquals(expected, actual))
            return null;
        return (expected, actual) switch
        {
            (JsonObject one, JsonObject two) => one.Select(m => m.Key).Union(two.Select(m => m.Key)).Select(k => Difference(one[k], two[k], $"{path}.{k}")).First(d => d is not null),
            (JsonArray one, JsonArray two) when one.Count == two.Count => Enumerable.Range(0, one.Count).Select(i => Difference(one[i], two[i], $"{path}[{i}]")).First(d => d is not null),
            _ => new StringBuilder(path).Append(": ").Append(expected?.ToJsonString() ?? "absent").Append(" became ").Append(actual?.ToJsonString() ?? "absent").ToString(),
        };
    }

    private static string Key(JsonElement resource) => $"{resource.Text("group")}/{resource.Text("version")}/{resource.Text("kind")}";

    private static string Constant(Type type, string name) => (string)type.GetField(name)!.GetRawConstantValue()!;
}
