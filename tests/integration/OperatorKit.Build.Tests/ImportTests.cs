namespace OperatorKit.Build.Tests;

/// <summary>Definitions of others that a project names, made into records by a build.</summary>
public sealed class ImportTests(LocalFeed feed)
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: gizmos.shop.example.org
        spec:
          group: shop.example.org
          names: {kind: Gizmo, plural: gizmos}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: {type: integer, format: int32}
                      mode: {type: string}
                  status: {type: object, properties: {ready: {type: boolean}}}
        """;

    private readonly ConsumerProject _project = feed.NewProject();

    [Fact]
    public async Task A_definition_becomes_records_a_client_and_apply_records()
    {
        _project.Write("their crds/gizmos.yaml", Definition);
        _project.Add("<ItemGroup><KubernetesSchema Include=\"their crds/*.yaml\" Namespace=\"Shop\" /></ItemGroup>");
        _project.Write("Program.cs", """"
            using System.Text;
            using System.Text.Json;
            using OperatorKit.Client;
            using Shop.V1;

            var read = JsonSerializer.Deserialize<Gizmo>("""{"metadata":{"name":"a"},"spec":{"size":3,"later":true}}""")!;
            Console.WriteLine(JsonSerializer.Serialize(read));
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
                new GizmoApply("b") { Spec = new GizmoSpecApply { Size = 4 } }.WriteJson(writer);
            Console.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));

            internal static class Calls
            {
                public static Task<Gizmo> Get(KubernetesClient client) => client.Gizmos("default").GetAsync("a");
                public static Task<Gizmo> Apply(KubernetesClient client) => client.Gizmos("default").ApplyAsync(new GizmoApply("a"));
            }
            """");
        (await _project.BuildAsync()).Succeeded();
        var output = (await DotNet.RunAsync(_project.Folder, "bin/Debug/net10.0/Widgets.dll")).Succeeded().Output;
        output.ShouldContain("""{"apiVersion":"shop.example.org/v1","kind":"Gizmo","metadata":{"name":"a"},"spec":{"size":3}}""");
        output.ShouldContain("""{"apiVersion":"shop.example.org/v1","kind":"Gizmo","metadata":{"name":"b"},"spec":{"size":4}}""");
    }

    [Fact]
    public async Task A_file_that_is_no_definition_fails_the_build_at_its_line()
    {
        _project.Write("their crds/gizmos.yaml", Definition.Replace("scope: Namespaced", "scope: \"Namespaced", StringComparison.Ordinal));
        _project.Add("<ItemGroup><KubernetesSchema Include=\"their crds/*.yaml\" /></ItemGroup>");
        var result = await _project.BuildAsync();
        result.ExitCode.ShouldNotBe(0);
        result.Output.ShouldMatch(@"gizmos\.yaml\(8,1\): error OPK0050");
    }
}
