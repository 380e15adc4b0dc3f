using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorKit.Generators;
using OperatorKit.Models;

namespace OperatorKit.Benchmarks;

/// <summary>What an edit costs the generator that has nothing to do with any record, as in an editor that compiles at every key.</summary>
internal static class GeneratorEdits
{
    private const int Edits = 50;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    public static void Print()
    {
        Console.WriteLine($"{"records",8} {"edit",12} {"bytes an edit",14} {"a record",10} {"without generator",18} {"ms an edit",11}");
        foreach (var records in new[] { 1, 10, 50 })
        {
            Console.WriteLine(Measure(records, "body", static i => $"public static int Value => {i};"));
            Console.WriteLine(Measure(records, "declaration", static i => $"public static int Value{i} => 0;"));
        }
    }

    private static string Measure(int records, string edit, Func<int, string> member)
    {
        SyntaxTree Unrelated(int value) => Parse($"internal static class Unrelated {{ {member(value)} }}");

        var compilation = CSharpCompilation.Create(
            "Edited",
            [Unrelated(0), .. Enumerable.Range(0, records).Select(static i => Parse(Record(i)))],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create([new ResourceGenerator().AsSourceGenerator()], parseOptions: ParseOptions).RunGenerators(compilation);
        var (_, without) = Edit(compilation, static _ => { }, 1, Unrelated);
        (compilation, _) = Edit(compilation, c => driver = driver.RunGenerators(c), 1000, Unrelated);
        var started = TimeProvider.System.GetTimestamp();
        var (_, bytes) = Edit(compilation, c => driver = driver.RunGenerators(c), 2000, Unrelated);
        var took = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / Edits;
        var own = bytes - without;
        return FormattableString.Invariant($"{records,8} {edit,12} {own,14:0} {own / records,10:0} {without,18:0} {took,11:0.00}");
    }

    /// <summary>Edits a file some times and tells how many bytes each edit allocates.</summary>
    private static (CSharpCompilation Compilation, double Bytes) Edit(CSharpCompilation compilation, Action<CSharpCompilation> run, int seed, Func<int, SyntaxTree> unrelated)
    {
        var trees = Enumerable.Range(seed, Edits).Select(unrelated).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var tree in trees)
        {
            compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], tree);
            run(compilation);
        }

        return (compilation, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Edits);
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, ParseOptions);

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(static f => Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("OperatorKit", StringComparison.Ordinal))
        .Where(static f => !Path.GetFileName(f).StartsWith("OperatorKit.Generators", StringComparison.Ordinal))
        .Select(static f => MetadataReference.CreateFromFile(f));

    /// <summary>A record as they are: some scalars, a list of objects with keys, an enum, a status, and a handler.</summary>
    private static string Record(int i) => $$"""
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Threading;
        using System.Threading.Tasks;
        using OperatorKit;
        using OperatorKit.Models;

        namespace Edited{{i}};

        /// <summary>One of many.</summary>
        [KubernetesResource("example.com", "v1")]
        public sealed partial record Thing{{i}} : CustomResource<ThingSpec, ThingStatus>;

        public sealed record ThingSpec
        {
            /// <summary>How many.</summary>
            [Range(1, 1000), ScaleReplicas, PrinterColumn]
            public int Replicas { get; init; } = 1;

            /// <summary>Container image, with a tag.</summary>
            [MinLength(1)]
            public string Image { get; init; } = "nginx:1.27";

            public IReadOnlyList<ThingPort> Ports { get; init; } = [];

            public ThingMode Mode { get; init; } = ThingMode.Fast;
        }

        public sealed record ThingPort
        {
            [Key]
            public required string Name { get; init; }

            [Range(1, 65535)]
            public int Number { get; init; } = 80;
        }

        public enum ThingMode { Fast, Slow }

        public sealed record ThingStatus : ResourceStatus
        {
            [StatusReplicas]
            public int ReadyReplicas { get; init; }
        }

        [Owns<V1ReplicaSet>]
        public sealed class ThingOperator : Thing{{i}}Handler
        {
            public override async Task<ThingStatus> OnCreateAsync(Thing{{i}} thing, Thing{{i}}Context context, CancellationToken cancellationToken)
            {
                await context.ApplyAsync(new V1ReplicaSet(), cancellationToken);
                return new ThingStatus();
            }
        }
        """;
}
