using System.Reflection;
using System.Xml.Linq;

namespace OperatorKit.Architecture.Tests;

/// <summary>Holds the direction of dependencies between the projects (docs/decisions/layout.md).</summary>
public class ProjectArrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["OperatorKit.Generators"] = [],
        ["OperatorKit.CodeFixes"] = [],
        ["OperatorKit.Generators.BuiltIns"] = [],
        ["OperatorKit.Build"] = [],
        ["OperatorKit.SchemaData"] = [],
        ["OperatorKit.Models"] = [],
        ["OperatorKit.Client"] = ["OperatorKit.Models"],
        ["OperatorKit"] = ["OperatorKit.Client"],
        ["OperatorKit.ApiServer"] = ["OperatorKit.Models"],
        ["OperatorKit.Testing"] = ["OperatorKit", "OperatorKit.ApiServer"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_layout_allows(string project) =>
        CompileReferences(project).ShouldBeSubsetOf(Allowed[project]);

    [Fact]
    public void Every_product_project_has_a_place_in_the_layout()
    {
        var found = new[] { "generators", "runtime", "harness" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith(".K3s", StringComparison.Ordinal));
        found.ShouldBe(Allowed.Keys, ignoreOrder: true);
    }

    [Fact]
    public void The_api_server_shares_nothing_with_the_client() =>
        Assembly.Load("OperatorKit.ApiServer").GetReferencedAssemblies().Select(name => name.Name)
            .ShouldNotContain(name => name == "OperatorKit.Client" || name == "OperatorKit");

    private static string[] CompileReferences(string project)
    {
        var file = Directory.GetFiles(RepositoryRoot.Path, project + ".csproj", SearchOption.AllDirectories).Single();
        return [.. XDocument.Load(file).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))];
    }
}
