using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorKit.Generators.Reuse;
using OperatorKit.Generators.Tests.Compiling;

namespace OperatorKit.Generators.Tests;

/// <summary>What was read before is taken again only where reading would give the same.</summary>
public sealed class ReuseTests
{
    private const string Record = """
        namespace Samples.Shops;

        /// <summary>Sells.</summary>
        [KubernetesResource("example.com", "v1")]
        public sealed partial record Shop : CustomResource<ShopSpec, ShopStatus>;

        public sealed partial record ShopSpec : Described
        {
            [MaxLength(Limits.Name)]
            public string Name { get; init; } = Limits.Default;

            public Shelf? Shelf { get; init; }

            public Unit Unit { get; init; }

            public Size? Doors { get; init; }
        }

        public sealed record ShopStatus : ResourceStatus;

        [Owns<V1ReplicaSet>]
        public sealed partial class ShopOperator(Store store) : ShopHandler
        {
            [OnChange("Shelf.Boards"), When(nameof(IsOpen))]
            public Task<ShopStatus> Refill(Shop shop) => Task.FromResult(new ShopStatus());

            public Task Count() => store.Client().ListAsync();
        }
        """;

    private const string Others = """
        namespace Samples;

        public abstract record Described
        {
            /// <summary>For people.</summary>
            public string Text { get; init; } = "none";
        }

        public static class Limits
        {
            public const int Name = 10;
            public const string Default = "shop" + Suffix;
            private const string Suffix = "-a";
        }

        public sealed record Shelf { public int Boards { get; init; } = Unit.Two == 0 ? 2 : 3; }

        public enum Unit { Two, Three }

        public sealed class Store(KubernetesClient client)
        {
            public ResourceClient<V1Pod> Client() { return client.Resource<V1Pod>(); }
        }
        """;

    private const string Usings = """
        global using System.ComponentModel.DataAnnotations;
        global using OperatorKit;
        global using OperatorKit.Client;
        global using OperatorKit.Models;
        global using Size = int;
        """;

    private const string Unrelated = "internal static class Unrelated { public static int One() { return 1; } }";

    [Theory]
    [InlineData("a part in another file", "Unrelated.cs", "internal static", "namespace Samples.Shops { partial record ShopSpec { public int? Windows { get; init; } } } internal static")]
    [InlineData("an attribute on a part in another file", "Unrelated.cs", "internal static", "namespace Samples.Shops { [AtMostOneOf(nameof(Shelf))] partial record ShopSpec; } internal static")]
    [InlineData("a type that hides another", "Unrelated.cs", "internal static", "namespace Samples.Shops { public sealed record Shelf { public long Boards { get; init; } } } internal static")]
    [InlineData("an enum that hides another", "Unrelated.cs", "internal static", "namespace Samples.Shops { public enum Unit { Four } } internal static")]
    [InlineData("a global using", "Usings.cs", "global using Size = int;", "global using Size = long;")]
    [InlineData("a constant in an attribute", "Others.cs", "Name = 10", "Name = 12")]
    [InlineData("a constant of a constant", "Others.cs", "\"-a\"", "\"-b\"")]
    [InlineData("an initialiser of the base", "Others.cs", "\"none\"", "\"some\"")]
    [InlineData("documentation of the base", "Others.cs", "For people", "For anybody")]
    [InlineData("an initialiser of a nested record", "Others.cs", "? 2 : 3", "? 4 : 3")]
    [InlineData("a member of an enum", "Others.cs", "Three }", "Three, Five }")]
    [InlineData("what a method returns that a call is made on", "Others.cs", "ResourceClient<V1Pod> Client() { return client.Resource<V1Pod>()", "ResourceClient<V1Secret> Client() { return client.Resource<V1Secret>()")]
    [InlineData("a part of the handler", "Unrelated.cs", "internal static", "namespace Samples.Shops { [Owns<V1ConfigMap>] partial class ShopOperator { internal static bool IsOpen(Shop shop) => true; } } internal static")]
    public void An_edit_elsewhere_that_matters_is_seen(string edit, string path, string old, string now)
    {
        var run = Run();
        var again = run.After(path, Text(path).Replace(old, now, StringComparison.Ordinal));
        Differing(run, again).ShouldNotBeEmpty(edit);
        Differing(again, Anew(again)).ShouldBeEmpty(edit);
    }

    [Fact]
    public void Options_of_the_compilation_are_seen()
    {
        var run = Run();
        var again = run.After(static c => c.WithOptions(((CSharpCompilationOptions)c.Options).WithNullableContextOptions(NullableContextOptions.Disable)));
        Differing(run, again).ShouldNotBeEmpty();
        Differing(again, Anew(again)).ShouldBeEmpty();
    }

    [Fact]
    public void The_name_of_the_assembly_is_seen()
    {
        var again = Run().After(static c => c.WithAssemblyName("Another"));
        Differing(again, Anew(again)).ShouldBeEmpty();
    }

    [Fact]
    public void References_are_seen()
    {
        var (old, now) = (Library("int"), Library("long"));
        var text = Record.Replace("public Shelf? Shelf", "public Foreign? Foreign { get; init; }\npublic Shelf? Shelf", StringComparison.Ordinal);
        var run = GeneratorRun.With(text + Others.Replace("namespace Samples;", "", StringComparison.Ordinal), old).After(static c => c.AddSyntaxTrees(GeneratorRun.Parse(("Usings.cs", Usings))));
        var again = run.After(c => c.ReplaceReference(old, now));
        Differing(run, again).ShouldNotBeEmpty();
        Differing(again, Anew(again)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Unrelated.cs", "return 1", "return 2", 1)]
    [InlineData("Unrelated.cs", "{ return 1; }", "{ int Two() { return 2; } return Two(); }", 1)]
    [InlineData("Unrelated.cs", "One()", "Two()", 2)]
    [InlineData("Unrelated.cs", "{ return 1; }", "=> 1;", 2)]
    [InlineData("Unrelated.cs", "return 1; }", "return 1; } class Inner { }", 2)]
    [InlineData("Others.cs", "return client", "/* all */ return client", 2)]
    [InlineData("Record.cs", "Sells", "Buys", 2)]
    public void A_model_is_read_again_after_an_edit_that_it_may_depend_on(string path, string old, string now, int readings)
    {
        var (cache, count) = (new Readings<string>(), 0);
        var run = Run();
        Read(run.Input);
        Read(run.Input);
        count.ShouldBe(1);
        Read(run.After(path, Text(path).Replace(old, now, StringComparison.Ordinal)).Input);
        count.ShouldBe(readings);

        void Read(Compilation compilation)
        {
            var trees = compilation.SyntaxTrees.ToDictionary(static t => t.FilePath);
            cache.Read(trees["Record.cs"].GetRoot(TestContext.Current.CancellationToken), compilation, () => ($"{count++}", [trees["Others.cs"]]), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_model_that_is_not_to_be_kept_is_not()
    {
        var (cache, count, compilation) = (new Readings<string>(), 0, GeneratorRun.Compile(("Record.cs", Record)));
        for (var i = 0; i < 2; i++)
            cache.Read(compilation.SyntaxTrees[0].GetRoot(TestContext.Current.CancellationToken), compilation, () => ($"{count++}", null), TestContext.Current.CancellationToken);
        count.ShouldBe(2);
    }

    private static GeneratorRun Run() => GeneratorRun.Of(("Record.cs", Record), ("Others.cs", Others), ("Usings.cs", Usings), ("Unrelated.cs", Unrelated));

    /// <summary>The same by a generator that has never seen these trees.</summary>
    private static GeneratorRun Anew(GeneratorRun run)
        => GeneratorRun.Of(run.Input.RemoveAllSyntaxTrees().AddSyntaxTrees(run.Input.SyntaxTrees.Select(static t => GeneratorRun.Parse((t.FilePath, t.ToString())))));

    private static string Text(string path) => path switch { "Others.cs" => Others, "Usings.cs" => Usings, "Record.cs" => Record, _ => Unrelated };

    /// <summary>The generated files that two runs do not have in common.</summary>
    private static IEnumerable<string> Differing(GeneratorRun one, GeneratorRun other)
    {
        var (left, right) = (Files(one), Files(other));
        return left.Except(right).Concat(right.Except(left)).Select(static f => f.Name).Distinct();

        static List<(string Name, string Text)> Files(GeneratorRun run) => [.. run.Result.GeneratedSources.Select(static s => (s.HintName, s.SourceText.ToString()))];
    }

    private static MetadataReference Library(string type) => CSharpCompilation.Create(
        "Library",
        [GeneratorRun.Parse(("Foreign.cs", $$"""namespace Samples; public sealed record Foreign { public {{type}}? Size { get; init; } }"""))],
        GeneratorRun.Compile().References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}
