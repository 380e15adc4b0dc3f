using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class BaselineTests
{
    private const string Members = """
        [Range(1, 10)] public int Replicas { get; init; } = 1;
        public string? Image { get; init; }
        public Mode Mode { get; init; } = Mode.Fast;
        public IReadOnlyList<Port> Ports { get; init; } = [];
        """;

    private const string Types = """
        public enum Mode { Fast, Slow }
        public sealed record Port { [System.ComponentModel.DataAnnotations.Key] public required string Name { get; init; } public int? Number { get; init; } }
        """;

    /// <summary>A rule, what to replace in the source, with what breaks and marks the place, and with what does not break.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "OPK0040", "public string? Image { get; init; }", "public string? Picture { get; init; }", "public string? Image { get; init; } public string? Picture { get; init; }" },
        { "OPK0041", "public string? Image { get; init; }", "public long? [|Image|] { get; init; }", "[Obsolete] public string? Image { get; init; }" },
        { "OPK0041", "[System.ComponentModel.DataAnnotations.Key] public required string Name", "public required string Name", "[Key] public required string Name" },
        { "OPK0042", "[Range(1, 10)] public int Replicas", "[Range(1, 9)] public int [|Replicas|]", "[Range(0, 11)] public int Replicas" },
        { "OPK0042", "public string? Image", "[MaxLength(5)] public string? [|Image|]", "/// <summary>Picture.</summary>\npublic string? Image" },
        { "OPK0042", "Fast, Slow", "Fast", "Fast, Slow, Steady" },
        { "OPK0043", "public string? Image", "public required string [|Image|]", "public string Image { get; init; } = \"a:1\"; public string? Other" },
        { "OPK0043", "public int? Number", "public required int [|Number|]", "public int? Number" },
        { "OPK0044", "\"v1\"", "\"v1\", Scope = ResourceScope.Cluster", "\"v1\", ShortNames = [\"th\"]" },
        { "OPK0044", "\"v1\"", "\"v1\", Served = false", "\"v1\", Served = true" },
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

    private static string Source() => Analysis.Spec(Members, Types);

    private static InMemoryFile Baseline()
    {
        var usings = "global using System.ComponentModel.DataAnnotations; global using System.Text.Json.Serialization; global using OperatorKit; global using OperatorKit.Models;";
        var manifests = GeneratorRun.Of(("Usings.cs", usings), ("Test.cs", Source())).Manifests();
        return new InMemoryFile("baseline.yaml", manifests["crds/example.com_things.yaml"], ("OperatorKitRole", "Baseline"));
    }
}
