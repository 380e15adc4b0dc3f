using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class ImportTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.shop.example.org
        spec:
          group: shop.example.org
          names: {kind: Widget, plural: widgets}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                description: A widget.
                type: object
                properties:
                  apiVersion: {type: string}
                  kind: {type: string}
                  metadata: {type: object}
                  spec:
                    type: object
                    properties:
                      size: {type: integer, format: int32, description: How large.}
                      price: {type: integer}
                      parts:
                        type: array
                        items:
                          type: object
                          properties:
                            name: {type: string}
                            widgetSpecParts: {type: boolean}
                      labels: {type: object, additionalProperties: {type: string}}
                      values: {x-kubernetes-preserve-unknown-fields: true}
                      port: {x-kubernetes-int-or-string: true}
                      class: {type: string}
                      "weird-name!": {type: string}
                      weirdName: {type: string}
                      toString: {type: string}
                  status: {type: object, properties: {ready: {type: boolean}}}
          - name: v0
            served: false
            storage: false
        """;

    [Fact]
    public void An_imported_kind_compiles_and_reads_and_writes()
    {
        var run = GeneratorRun.WithFiles("""
            using OperatorKit.Client;
            using Shop.V1;
            internal static class Use
            {
                public static Widget Make() => new() { Spec = new WidgetSpec { Size = 1, Class = "a", WeirdName = "b", WeirdName2 = "c", ToStringProperty = "d", Parts = [new WidgetSpecParts { Name = "x" }] } };
                public static Task<Widget> Apply(KubernetesClient client) => client.Resource<Widget>("default").ApplyAsync(Make());
                public static WidgetApply Some() => new("a") { Labels = new Dictionary<string, string>(), Spec = new WidgetSpecApply { Size = 1, Port = (OperatorKit.Models.IntOrString)"http", Class = null, Parts = [new WidgetSpecPartsApply { Name = "x" }] } };
                public static async Task Clients(KubernetesClient client)
                {
                    await client.Widgets("default").ApplyAsync(Some());
                    await client.Widgets("default").PatchStatusAsync("a", Patch.Merge("{}"));
                    WidgetClient widgets = client.Widgets("default");
                    await client.ListAllWidgetsAsync();
                }
            }
            """, File(Definition, "Shop"));
        run.Diagnostics.ShouldBeEmpty();
        run.Warnings().ShouldBeEmpty();
        Golden.Verify(run.Source("Shop.V1.Widget.Imported.g.cs"), "Imported/Widget.g.cs.txt");
        Golden.Verify(run.Source("Shop.V1.Widget.ImportedApply.g.cs"), "Imported/WidgetApply.g.cs.txt");
        Golden.Verify(run.Source("Shop.V1.Widget.ImportedClient.g.cs"), "Imported/WidgetClient.g.cs.txt");
    }

    [Fact]
    public void Without_a_namespace_of_its_own_an_imported_kind_takes_the_groups()
        => GeneratorRun.WithFiles("", File(Definition, "")).Output.GetTypeByMetadataName("ShopExampleOrg.V1.Widget").ShouldNotBeNull();

    [Fact]
    public void A_handler_owns_an_imported_kind()
    {
        var run = GeneratorRun.WithFiles(
            Analysis.Handler("public static Task Clear(ThingContext context) => context.Client.Widgets(\"default\").DeleteAsync(\"one\");", "[Owns<Widget>]").Insert(0, "using OperatorKit; using OperatorKit.Models; using Shop.V1;\n"),
            File(Definition, "Shop"));
        run.Warnings().ShouldBeEmpty();
        run.Source("ThingOperator.Registration.g.cs").ShouldContain("OwnedKind.Of<global::Shop.V1.Widget>()");
        run.Manifests()["rbac.yaml"].ShouldContain("  - shop.example.org\n  resources:\n  - widgets\n  verbs:\n  - create\n  - delete\n");
    }

    [Theory]
    [InlineData("a: &b 1", 0)]
    [InlineData("a: 1\nb: [", 1)]
    [InlineData("kind: ConfigMap\napiVersion: v1\n", 0)]
    [InlineData("", 0)]
    [InlineData("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {group: a.b}\n", 0)]
    public async Task A_file_that_cannot_be_read_is_a_diagnostic(string yaml, int line)
    {
        var file = File(yaml, "");
        var reported = GeneratorRun.WithFiles("", file).Diagnostics.ShouldHaveSingleItem();
        reported.Id.ShouldBe("OPK0050");
        reported.Location.GetLineSpan().ShouldSatisfyAllConditions(l => l.Path.ShouldBe("crds.yaml"), l => l.StartLinePosition.Line.ShouldBe(line));
        (await Analysis.RunAsync(DiagnosticTests.Rule("OPK0050"), "", file)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Two_files_that_define_the_same_kind_are_a_diagnostic_and_the_first_is_taken()
    {
        var run = GeneratorRun.WithFiles("", File(Definition, "Shop"), new InMemoryFile("again.yaml", Definition, ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", "Shop")));
        run.Diagnostics.ShouldHaveSingleItem().ToString().ShouldContain("again.yaml");
        run.Warnings().ShouldBeEmpty();
        run.Output.GetTypeByMetadataName("Shop.V1.Widget").ShouldNotBeNull();
    }

    [Fact]
    public void Kinds_whose_names_contain_one_another_keep_apart()
    {
        var run = GeneratorRun.WithFiles(
            "",
            File(Definition, "Shop"),
            File(Definition.Replace("Widget,", "WidgetClient,", StringComparison.Ordinal).Replace("widgets", "widgetclients", StringComparison.Ordinal), "Shop"),
            File(Definition.Replace("Widget,", "WidgetSpecParts,", StringComparison.Ordinal).Replace("widgets", "widgetparts", StringComparison.Ordinal), "Shop"));
        run.Diagnostics.ShouldBeEmpty();
        run.Warnings().ShouldBeEmpty();
    }

    private static InMemoryFile File(string text, string space) => new("crds.yaml", text, ("OperatorKitRole", "Schema"), ("OperatorKitNamespace", space));
}
