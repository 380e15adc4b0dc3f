namespace OperatorKit.Build.Tests;

/// <summary>Released definitions that a project names, held against its records by a build.</summary>
public sealed class BaselineTests(LocalFeed feed)
{
    private const string Released = "released/crds/things.example.com_widgets.yaml";

    private readonly ConsumerProject _project = feed.NewProject();

    [Fact]
    public async Task A_change_that_breaks_a_released_definition_fails_the_build_at_its_line()
    {
        (await _project.BuildAsync()).Succeeded();
        _project.Write(Released, File.ReadAllText(Path.Combine(_project.Manifests, "crds/things.example.com_widgets.yaml")));
        _project.Add("<ItemGroup><KubernetesBaseline Include=\"released/**/*.yaml\" /></ItemGroup>");
        (await _project.BuildAsync()).Succeeded();

        _project.Replace("Widget.cs", "[Range(1, 10)]\n    public int Count", "[Range(1, 5)]\n    public int Count");
        _project.Replace("Widget.cs", "Count { get; init; } = 1;", "Count { get; init; } = 1;\n    public required string Owner { get; init; }");
        var broken = await _project.BuildAsync("--no-restore");
        broken.ExitCode.ShouldNotBe(0);
        broken.Output.ShouldMatch(@"Widget\.cs\(14,\d+\): error OPK0042: .*maximum was 10 and is 5");
        broken.Output.ShouldMatch(@"Widget\.cs\(15,\d+\): error OPK0043: .*\.spec\.owner.*new and required");
    }

    [Fact]
    public async Task A_baseline_that_cannot_be_read_fails_the_build_at_its_line()
    {
        _project.Write(Released, "kind: CustomResourceDefinition\nspec: [");
        _project.Add("<ItemGroup><KubernetesBaseline Include=\"released/**/*.yaml\" /></ItemGroup>");
        var result = await _project.BuildAsync();
        result.ExitCode.ShouldNotBe(0);
        result.Output.ShouldMatch(@"things\.example\.com_widgets\.yaml\(2,1\): error OPK0045");
    }
}
