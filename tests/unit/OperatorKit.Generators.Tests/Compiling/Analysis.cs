using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace OperatorKit.Generators.Tests.Compiling;

/// <summary>Runs one rule over source in which <c>[|...|]</c> marks where it has to report.</summary>
internal static class Analysis
{
    public const string Usings = """
        global using System.ComponentModel;
        global using System.ComponentModel.DataAnnotations;
        global using System.Text.Json.Serialization;
        global using OperatorKit;
        global using OperatorKit.Models;
        """;

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(DiagnosticAnalyzer rule, string source, params AdditionalText[] files)
    {
        var analysis = Compile(source).WithAnalyzers([rule], new AnalyzerOptions([.. files], new BuildOptions(new Dictionary<string, string>())));
        return await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A source with what is generated of it.</summary>
    public static Compilation Compile(string source) => GeneratorRun.Of(("Usings.cs", Usings), ("Test.cs", source)).Output;

    /// <summary>Takes the marks out of a source and tells where they were.</summary>
    public static (string Source, TextSpan? Span) Unmark(string marked)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        if (start < 0)
            return (marked, null);
        var end = marked.IndexOf("|]", StringComparison.Ordinal);
        return (marked[..start] + marked[(start + 2)..end] + marked[(end + 2)..], TextSpan.FromBounds(start, end - 2));
    }

    /// <summary>A handler of the resource that <see cref="Spec"/> makes.</summary>
    public static string Handler(string body, string attributes = "") => Spec("public string? Name { get; init; }") + $$"""

        {{attributes}}
        public sealed class ThingOperator : ThingHandler
        {
            {{body}}
        }
        """;

    /// <summary>A resource around the members of a spec.</summary>
    public static string Spec(string members, string types = "", string statusMembers = "") => $$"""
        [KubernetesResource("example.com", "v1")]
        public sealed partial record Thing : CustomResource<ThingSpec, ThingStatus>;

        public sealed record ThingSpec
        {
            {{members}}
        }

        public sealed record ThingStatus : ResourceStatus
        {
            {{statusMembers}}
        }

        {{types}}
        """;
}
