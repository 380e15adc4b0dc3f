using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorKit.Generators.BuiltIns;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

/// <summary>The generator of the built-in kinds reads nothing but its file.</summary>
public sealed class BuiltInCachingTests
{
    private const string Schema = """{"definitions":{"io.k8s.api.core.v1.Thing":{"fields":[{"name":"size","type":"integer","format":"int32"}]}},"resources":[]}""";

    [Fact]
    public void An_edit_of_code_emits_nothing()
    {
        var (driver, compilation) = Run();
        var again = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText("class Other;")), TestContext.Current.CancellationToken);
        Reasons(again).ShouldAllBe(static r => r == IncrementalStepRunReason.Cached || r == IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void An_edit_of_the_file_emits_again()
    {
        var file = File(Schema);
        var (driver, compilation) = Run(file);
        var again = driver.ReplaceAdditionalText(file, File(Schema.Replace("size", "length", StringComparison.Ordinal))).RunGenerators(compilation, TestContext.Current.CancellationToken);
        again.GetRunResult().GeneratedTrees.ShouldHaveSingleItem().ToString().ShouldContain("Length");
    }

    [Fact]
    public void Its_models_hold_no_symbols()
    {
        var (driver, _) = Run();
        driver.GetRunResult().Results.Single().TrackedSteps[BuiltInKindsGenerator.SchemaStep].SelectMany(static s => s.Outputs)
            .SelectMany(static o => CompilerTypes.In(o.Value)).ShouldBeEmpty();
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) Run(InMemoryFile? file = null)
    {
        var compilation = CSharpCompilation.Create("BuiltIns", [CSharpSyntaxTree.ParseText("class One;")]);
        var driver = GeneratorRun.NewDriver(new BuiltInKindsGenerator().AsSourceGenerator()).AddAdditionalTexts([file ?? File(Schema)]).RunGenerators(compilation, TestContext.Current.CancellationToken);
        driver.GetRunResult().GeneratedTrees.ShouldHaveSingleItem();
        return (driver, compilation);
    }

    private static InMemoryFile File(string schema) => new("kubernetes-1.36.schema.json", schema);

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver) => driver.GetRunResult().Results.Single().TrackedOutputSteps
        .SelectMany(static s => s.Value).SelectMany(static s => s.Outputs).Select(static o => o.Reason);
}
