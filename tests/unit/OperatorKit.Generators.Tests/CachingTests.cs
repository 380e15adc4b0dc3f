using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

public sealed class CachingTests
{
    private const string Unrelated = "internal static class Unrelated { public const int One = 1; }";

    private const string Calls = """
        using OperatorKit;
        using OperatorKit.Client;
        using OperatorKit.Models;
        [Rbac(Resources = ["secrets"], Verbs = ["get"])]
        internal sealed class Calls(KubernetesClient client) { public Task Run() => client.Resource<V1Pod>().ListAsync(); }
        """;

    private const string Versions = """
        using OperatorKit;
        using OperatorKit.Models;
        [KubernetesResource("example.com", "v2")]
        public sealed partial record New : CustomResource<NewSpec>;
        public sealed record NewSpec { public string? Name { get; init; } }
        [KubernetesResource("example.com", "v1", Kind = "New", Storage = false)]
        public sealed partial record Old : CustomResource<OldSpec>;
        public sealed record OldSpec { public string? Name { get; init; } }
        public static class Methods { [Converts] internal static NewSpec ToNew(OldSpec from, NewSpec mapped) => mapped; }
        """;

    private static readonly string[] Steps =
        [TrackingNames.Resources, TrackingNames.Handlers, TrackingNames.Types, TrackingNames.SpecTypes, TrackingNames.Kinds, TrackingNames.Registrations, TrackingNames.Options, TrackingNames.References, TrackingNames.Uses, TrackingNames.Rights, TrackingNames.Access, TrackingNames.Operator];

    [Fact]
    public void An_unrelated_edit_emits_nothing()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("KitchenSink.cs", Sources.KitchenSink), ("Calls.cs", Calls), ("Unrelated.cs", Unrelated));
        var again = run.After("Unrelated.cs", Unrelated.Replace("1", "2", StringComparison.Ordinal));
        foreach (var step in Steps)
            again.Reasons(step).ShouldAllBe(static r => r == IncrementalStepRunReason.Unchanged || r == IncrementalStepRunReason.Cached, step);
        Emitted(again).ShouldBe(0);
    }

    [Fact]
    public void A_call_that_needs_no_new_right_emits_nothing()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("Calls.cs", Calls), ("Unrelated.cs", Unrelated));
        var again = run.After("Unrelated.cs", Calls.Replace("class Calls", "class Again", StringComparison.Ordinal));
        Emitted(again).ShouldBe(0);
    }

    [Fact]
    public void A_call_that_needs_a_new_right_emits_the_manifests_of_the_operator_alone()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("Calls.cs", Calls));
        var again = run.After("Calls.cs", Calls.Replace("ListAsync", "CreateAsync", StringComparison.Ordinal));
        Emitted(again).ShouldBe(1);
        again.Source("Manifests.g.cs").ShouldContain("- pods");
    }

    [Fact]
    public void A_property_of_the_project_emits_what_it_is_in()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("KitchenSink.cs", Sources.KitchenSink));
        Emitted(run.AfterOptions(("SomebodyElses", "1"))).ShouldBe(0);
        var again = run.AfterOptions(("OperatorKitNamespace", "prod"));
        Emitted(again).ShouldBe(1);
        again.Source("Manifests.g.cs").ShouldContain("namespace: prod");
    }

    [Fact]
    public void Files_in_another_order_change_no_model_and_no_text()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("KitchenSink.cs", Sources.KitchenSink), ("Calls.cs", Calls));
        var again = run.After(static c => c.RemoveAllSyntaxTrees().AddSyntaxTrees(c.SyntaxTrees.Reverse()));
        foreach (var step in new[] { TrackingNames.Types, TrackingNames.SpecTypes, TrackingNames.Kinds, TrackingNames.Access, TrackingNames.Operator, TrackingNames.Registrations })
            again.Reasons(step).ShouldAllBe(static r => r == IncrementalStepRunReason.Unchanged || r == IncrementalStepRunReason.Cached, step);
        Texts(again).ShouldBe(Texts(run));
    }

    [Fact]
    public void A_conversion_is_planned_anew_for_what_it_is_made_of_and_nothing_else()
    {
        var run = GeneratorRun.Of(("Versions.cs", Versions), ("Unrelated.cs", Unrelated));
        run.Reasons(TrackingNames.Plans).ShouldBe([IncrementalStepRunReason.New]);

        var unrelated = run.After("Unrelated.cs", Unrelated.Replace("1", "2", StringComparison.Ordinal));
        unrelated.Reasons(TrackingNames.Plans).ShouldBe([IncrementalStepRunReason.Cached]);
        Emitted(unrelated).ShouldBe(0);

        run.After("Versions.cs", Versions.Replace("[Converts] ", "", StringComparison.Ordinal)).Reasons(TrackingNames.Plans).ShouldBe([IncrementalStepRunReason.Modified]);
    }

    [Fact]
    public void A_comment_inside_a_method_body_emits_nothing()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp));
        var again = run.After("SimpleApp.cs", Sources.SimpleApp.Replace("Task.FromResult(", "/* fast */ Task.FromResult(", StringComparison.Ordinal));
        Emitted(again).ShouldBe(0);
    }

    [Fact]
    public void An_edit_of_one_record_leaves_the_other_alone()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("KitchenSink.cs", Sources.KitchenSink));
        var again = run.After("SimpleApp.cs", Sources.SimpleApp.Replace("nginx:1.27", "nginx:1.28", StringComparison.Ordinal));
        again.Reasons(TrackingNames.Resources).Count(static r => r == IncrementalStepRunReason.Modified).ShouldBe(1);
        again.Reasons(TrackingNames.Resources).Count(static r => r is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached).ShouldBe(1);
        again.Source("Samples.SimpleApp.Definition.g.cs").ShouldContain("nginx:1.28");
    }

    [Fact]
    public void An_edit_of_a_nested_record_in_another_file_reaches_the_resource()
    {
        var parts = Sources.SimpleApp.Split("/// <summary>What runs.</summary>");
        var status = "using OperatorKit; using OperatorKit.Models; namespace Samples;" + parts[1];
        var run = GeneratorRun.Of(("SimpleApp.cs", parts[0]), ("Status.cs", status));
        var again = run.After("Status.cs", status.Replace("ReadyReplicas", "ReadyPods", StringComparison.Ordinal));
        again.Reasons(TrackingNames.Resources).ShouldBe([IncrementalStepRunReason.Modified]);
        again.Source("Samples.SimpleApp.Definition.g.cs").ShouldContain("readyPods");
    }

    [Fact]
    public void Models_hold_no_symbols()
    {
        var run = GeneratorRun.Of(("SimpleApp.cs", Sources.SimpleApp), ("KitchenSink.cs", Sources.KitchenSink), ("Calls.cs", Calls));
        foreach (var step in Steps)
        {
            foreach (var output in run.Result.TrackedSteps[step].SelectMany(static s => s.Outputs))
                CompilerTypes.In(output.Value).ShouldBeEmpty(step);
        }
    }

    [Fact]
    public void A_model_with_a_symbol_is_found_out()
    {
        var run = GeneratorRun.NewDriver(new SymbolInPipeline().AsSourceGenerator()).RunGenerators(GeneratorRun.Compile(("SimpleApp.cs", Sources.SimpleApp)), TestContext.Current.CancellationToken);
        var outputs = run.GetRunResult().Results.Single().TrackedSteps["Bad"].SelectMany(static s => s.Outputs);
        outputs.SelectMany(static o => CompilerTypes.In(o.Value)).ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Texts(GeneratorRun run) => run.Result.GeneratedSources.OrderBy(static s => s.HintName, StringComparer.Ordinal).Select(static s => s.HintName + s.SourceText);

    private static int Emitted(GeneratorRun run) => run.Result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs)
        .Count(static o => o.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    private sealed class SymbolInPipeline : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var symbols = context.SyntaxProvider
                .ForAttributeWithMetadataName("OperatorKit.KubernetesResourceAttribute", static (_, _) => true, static (c, _) => Tuple.Create(c.TargetSymbol))
                .WithTrackingName("Bad");
            context.RegisterSourceOutput(symbols, static (_, _) => { });
        }
    }
}
