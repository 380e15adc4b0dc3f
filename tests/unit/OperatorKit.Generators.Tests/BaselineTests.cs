using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class BaselineTests
{
    private const string Members = """
        [Range(1, 10)] public int Replicas { get; init; } = 1;
        public string? Image { get; init; }
        public Mode Mode { get; init; } = Mode.Fast;
        public IReadOnlyList<Port> Ports { get; init; } = [];
        [SelectableField] public string? Zone { get; init; }
        [ScaleReplicas] public int Size { get; init; } = 1;
        """;

    private const string Types = """
        public enum Mode { Fast, Slow }
        public sealed record Port { [System.ComponentModel.DataAnnotations.Key] public required string Name { get; init; } public int? Number { get; init; } }
        """;

    /// <summary>A rule, what to replace in the source, with what breaks and marks the place, and with what does not break.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "OPK0040", "public string? Image { get; init; }", "public string? [|Picture|] { get; init; }", "public string? Image { get; init; } public string? Picture { get; init; }" },
        { "OPK0040", "public int? Number { get; init; }", "", "public int? Number { get; init; } public string? Text { get; init; }" },
        { "OPK0041", "public string? Image { get; init; }", "public long? [|Image|] { get; init; }", "[Obsolete] public string? Image { get; init; }" },
        { "OPK0041", "[System.ComponentModel.DataAnnotations.Key] public required string Name", "public required string Name", "[Key] public required string Name" },
        { "OPK0042", "[Range(1, 10)] public int Replicas", "[Range(1, 9)] public int [|Replicas|]", "[Range(0, 11)] public int Replicas" },
        { "OPK0042", "public string? Image", "[MaxLength(5)] public string? [|Image|]", "/// <summary>Picture.</summary>\npublic string? Image" },
        { "OPK0042", "Fast, Slow", "Fast", "Fast, Slow, Steady" },
        { "OPK0042", "public string? Image", "[RegularExpression(\"a+\")] public string? [|Image|]", "/** Picture. */ public string? Image" },
        { "OPK0042", "public string? Image", "[Immutable] public string? [|Image|]", "public string? Picture { get; init; } public string? Image" },
        { "OPK0042", "public string? Image", "[Cel(\"self != ''\")] public string? [|Image|]", "[Format(\"hostname\")] public string? Image" },
        { "OPK0043", "public string? Image", "public required string [|Image|]", "public string Image { get; init; } = \"a:1\"; public string? Other" },
        { "OPK0043", "public int? Number", "public required int [|Number|]", "public int? Number" },
        { "OPK0044", "\"v1\"", "\"v1\", Scope = ResourceScope.Cluster", "\"v1\", ShortNames = [\"th\"]" },
        { "OPK0044", "\"v1\"", "\"v1\", Served = false", "\"v1\", Served = true" },
        { "OPK0044", "[SelectableField] ", "", "[SelectableField, MinLength(0)] " },
        { "OPK0044", "ThingSpec, ThingStatus>", "ThingSpec>", "ThingSpec, ThingStatus>" },
        { "OPK0044", "[ScaleReplicas] ", "", "[ScaleReplicas, Range(-100, 100)] " },
        { "OPK0044", "\"v1\"", "\"v1\", Storage = false", "\"v1\", Categories = [\"all\"]" },
        { "OPK0046", "KubernetesResource(\"example.com\", \"v1\")", "[|KubernetesResource(\"example.com\", \"v2\")|]", "KubernetesResource(\"example.com\", \"v1\", Singular = \"thing\")" },
        { "OPK0046", "\"v1\"", "\"v1\", Plural = \"thingies\"", "\"v1\", Plural = \"things\"" },
        { "OPK0046", "\"v1\"", "\"v1\", Kind = \"Other\"", "\"v1\", Kind = \"Thing\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_breaking_change_is_reported(string id, string original, string breaking, string harmless)
    {
        _ = harmless;
        var (source, span) = Analysis.Unmark(Source().Replace(original, breaking, StringComparison.Ordinal));
        var reported = await Analysis.RunAsync(DiagnosticTests.Rule(id), source, Baseline());
        reported.ShouldNotBeEmpty();
        reported.ShouldAllBe(d => d.Id == id);
        if (span is not null)
            reported.ShouldContain(d => d.Location.SourceSpan == span.Value);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_harmless_change_is_not_reported(string id, string original, string breaking, string harmless)
    {
        _ = breaking;
        (await Analysis.RunAsync(DiagnosticTests.Rule(id), Source().Replace(original, harmless, StringComparison.Ordinal), Baseline())).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Without_a_baseline_everything_may_change(string id, string original, string breaking, string harmless)
    {
        _ = harmless;
        (await Analysis.RunAsync(DiagnosticTests.Rule(id), Analysis.Unmark(Source().Replace(original, breaking, StringComparison.Ordinal)).Source)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("public string? Image", "public string? Picture", "looks renamed to 'picture'")]
    [InlineData("public string? Image", "public string? Images { get; init; } public string? Other", "looks renamed to 'images'")]
    [InlineData("public string? Image", "public string? Vendor { get; init; } public string? Other", "it is gone: objects lose what they hold in it")]
    [InlineData("public string? Image", "public long? Picture", "it is gone: objects lose what they hold in it")]
    public async Task A_rename_is_told_from_a_removal(string original, string changed, string text)
    {
        var reported = await Analysis.RunAsync(DiagnosticTests.Rule("OPK0040"), Source().Replace(original, changed, StringComparison.Ordinal), Baseline());
        reported.ShouldHaveSingleItem().GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain(text);
    }

    [Theory]
    [InlineData("a: [", 0, "not closed")]
    [InlineData("kind: ConfigMap\napiVersion: v1\n", 0, "no CustomResourceDefinition")]
    [InlineData("", 0, "no CustomResourceDefinition")]
    [InlineData("a: 1\nb:\n\t- c", 2, "tabs")]
    [InlineData("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {}\n", 0, "spec.group")]
    public async Task A_baseline_that_cannot_be_read_is_a_diagnostic_and_not_silence(string yaml, int line, string text)
    {
        var reported = await Analysis.RunAsync(DiagnosticTests.Rule("OPK0045"), Source(), new InMemoryFile("old/baseline.yaml", yaml, ("OperatorKitRole", "Baseline")));
        var problem = reported.ShouldHaveSingleItem();
        problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain(text);
        problem.Location.GetLineSpan().ShouldSatisfyAllConditions(l => l.Path.ShouldBe("old/baseline.yaml"), l => l.StartLinePosition.Line.ShouldBe(line));
    }

    [Fact]
    public async Task A_definition_in_two_files_is_a_diagnostic_that_names_both()
    {
        var other = new InMemoryFile("v1/baseline.yaml", Baseline().GetText(TestContext.Current.CancellationToken).ToString(), ("OperatorKitRole", "Baseline"));
        var problem = (await Analysis.RunAsync(DiagnosticTests.Rule("OPK0045"), Source(), other, Baseline())).ShouldHaveSingleItem();
        problem.Location.GetLineSpan().Path.ShouldBe("baseline.yaml");
        problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldStartWith("baseline.yaml cannot be the baseline");
        problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("v1/baseline.yaml holds things.example.com too");
    }

    [Fact]
    public async Task A_baseline_that_is_read_and_other_files_are_no_diagnostic()
    {
        var schema = new InMemoryFile("other.yaml", "a: [", ("OperatorKitRole", "Schema"));
        (await Analysis.RunAsync(DiagnosticTests.Rule("OPK0045"), Source(), Baseline(), schema)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Kinds_of_a_group_that_the_assembly_has_no_record_of_are_of_other_assemblies()
        => (await Analysis.RunAsync(DiagnosticTests.Rule("OPK0046"), Source().Replace("example.com", "example.org", StringComparison.Ordinal), Baseline())).ShouldBeEmpty();

    private static string Source() => Analysis.Spec(Members, Types, "[StatusReplicas] public int Ready { get; init; }");

    private static InMemoryFile Baseline()
    {
        var usings = "global using System.ComponentModel.DataAnnotations; global using System.Text.Json.Serialization; global using OperatorKit; global using OperatorKit.Models;";
        var manifests = GeneratorRun.Of(("Usings.cs", usings), ("Test.cs", Source())).Manifests();
        return new InMemoryFile("baseline.yaml", manifests["crds/example.com_things.yaml"], ("OperatorKitRole", "Baseline"));
    }
}
