using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OperatorKit.Generators.Diagnostics.Rules;

namespace OperatorKit.Generators.Imports;

/// <summary>The files that a project names as <c>KubernetesSchema</c>.</summary>
internal static class ImportedFiles
{
    private const string Metadata = "build_metadata.AdditionalFiles.";

    public static IncrementalValuesProvider<ImportedFile> Of(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Combine(context.AnalyzerConfigOptionsProvider)
        .Where(static pair => IsImport(pair.Right.GetOptions(pair.Left)))
        .Select(static (pair, token) => Read(pair.Left, pair.Right.GetOptions(pair.Left), token))
        .WithTrackingName(TrackingNames.Imports);

    public static bool IsImport(AnalyzerConfigOptions options) => options.TryGetValue(Metadata + "OperatorKitRole", out var role) && role == "Schema";

    public static ImportedFile Read(AdditionalText file, AnalyzerConfigOptions options, CancellationToken cancellationToken)
        => DefinitionReader.Read(file.Path, file.GetText(cancellationToken)?.ToString() ?? "", options.TryGetValue(Metadata + "OperatorKitNamespace", out var space) ? space.Trim() : "");

    /// <summary>A file that cannot be used, at the line that is to blame.</summary>
    public static Diagnostic ProblemOf(ImportedFile file)
    {
        var start = new LinePosition(file.Line, 0);
        return Diagnostic.Create(ImportRule.Descriptor, Location.Create(file.Path, default, new LinePositionSpan(start, start)), System.IO.Path.GetFileName(file.Path), file.Problem);
    }
}
