using Microsoft.CodeAnalysis.CodeFixes;
using OperatorKit.CodeFixes;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests.CodeFixes;

public sealed class CodeFixTests
{
    private const string Handle = "public override async Task<ThingStatus> OnCreateAsync(Thing thing, ThingContext context, CancellationToken cancellationToken) { BODY; return new ThingStatus(); }";

    /// <summary>A rule, the piece of source that it reports, and what the fix makes of it; null where no fix can be right.</summary>
    public static TheoryData<string, string, string?> Cases => new()
    {
        { "OPK0001", "public record Thing :", "public sealed partial record Thing :" },
        { "OPK0001", "public abstract partial record Thing :", "public sealed partial record Thing :" },
        { "OPK0001", "record Thing :", "sealed partial record Thing :" },
        { "OPK0001", "public sealed partial class Thing :", null },
        { "OPK0006", "[KubernetesResource(\"example.com\", \"v1\")]", "[KubernetesResource(\"example.com\", \"v1\", Storage = false)]" },
        { "OPK0016", "public double Ratio { get; init; } = 0.5;", "public Quantity Ratio { get; init; } = \"0.5\";" },
        { "OPK0016", "public float? Ratio { get; init; }", "public Quantity? Ratio { get; init; }" },
        { "OPK0016", "public double Ratio { get; init; } = -1.5e-3;", "public Quantity Ratio { get; init; } = \"-0.0015\";" },
        { "OPK0016", "public double Ratio { get; init; } = double.Epsilon;", null },
        { "OPK0017", "public decimal? Price { get; init; } = 3;", "public Quantity? Price { get; init; } = \"3\";" },
        { "OPK0017", "public ulong Size { get; init; }", "public long Size { get; init; }" },
        { "OPK0019", "public string? Name { get; }", "public string? Name { get; init; }" },
        { "OPK0030", "await context.ApplyAsync(new V1ConfigMap(), cancellationToken)", "[Owns<V1ConfigMap>]" },
        { "OPK0031", "Task.Delay(1, cancellationToken).Wait()", "await Task.Delay(1, cancellationToken)" },
        { "OPK0031", "var x = Task.FromResult(\"a\").Result.Length", "var x = (await Task.FromResult(\"a\")).Length" },
        { "OPK0031", "Task.Delay(1, cancellationToken).GetAwaiter().GetResult()", "await Task.Delay(1, cancellationToken)" },
        { "OPK0031", "Thread.Sleep(5)", "await Task.Delay(5)" },
        { "OPK0031", "Func<int> x = () => Task.FromResult(1).Result", null },
        { "OPK0032", "await Task.Delay(1)", "await Task.Delay(1, cancellationToken)" },
        { "OPK0032", "await context.ApplyAsync(new V1ConfigMap())", "await context.ApplyAsync(new V1ConfigMap(), cancellationToken)" },
        { "OPK0032", "await Task.Yield()", null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fix_changes_what_is_wrong_or_is_not_offered(string id, string wrong, string? right)
    {
        var (rule, fix, source) = (DiagnosticTests.Rule(id), Fix(id), Source(id, wrong));
        var changed = await FixedSource.OfAsync(rule, fix, source);
        if (right is null)
        {
            changed.ShouldBeNull();
            return;
        }

        changed.ShouldNotBeNull().ShouldContain(right);
        (await Analysis.RunAsync(rule, changed)).Length.ShouldBeLessThan((await Analysis.RunAsync(rule, source)).Length, changed);
        if (id != "OPK0006")
            GeneratorRun.Of(("Usings.cs", Analysis.Usings), ("Test.cs", changed)).Warnings().ShouldBeEmpty(changed);
    }

    [Fact]
    public void Every_fix_is_tested_and_changes_one_thing()
    {
        var fixes = Fixes().ToList();
        fixes.SelectMany(static f => f.FixableDiagnosticIds).ShouldBeUnique();
        fixes.SelectMany(static f => f.FixableDiagnosticIds).Order().ShouldBe(Cases.Select(static c => c.Data.Item1).Distinct().Order());
    }

    private static CodeFixProvider Fix(string id) => Fixes().Single(f => f.FixableDiagnosticIds.Contains(id));

    private static IEnumerable<CodeFixProvider> Fixes() => typeof(ShapeFix).Assembly.GetTypes()
        .Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(CodeFixProvider)))
        .Select(static t => (CodeFixProvider)Activator.CreateInstance(t)!);

    private static string Source(string id, string wrong) => id switch
    {
        "OPK0001" => $"/// <summary>A thing.</summary>\n[KubernetesResource(\"example.com\", \"v1\")]\n{wrong} CustomResource<ThingSpec>;\npublic sealed record ThingSpec {{ public string? Name {{ get; init; }} }}",
        "OPK0006" => $"namespace A {{ {wrong} public sealed partial record Thing : CustomResource<B.ThingSpec>; }}\nnamespace B {{ [KubernetesResource(\"example.com\", \"v2\")] public sealed partial record Thing : CustomResource<ThingSpec>; public sealed record ThingSpec {{ public string? Name {{ get; init; }} }} }}",
        "OPK0030" or "OPK0031" or "OPK0032" => Analysis.Handler(Handle.Replace("BODY", wrong, StringComparison.Ordinal)),
        _ => Analysis.Spec(wrong),
    };
}
