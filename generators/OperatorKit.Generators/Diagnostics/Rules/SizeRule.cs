using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>A definition, with all its versions, stays below what a client-side <c>kubectl apply</c> can keep in its annotation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SizeRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0026",
        "Definition is close to the size limit",
        "The definition of {0} has {1} bytes; 'kubectl apply' without '--server-side' fails at {2}: {3}",
        DiagnosticSeverity.Warning,
        WellKnownDiagnosticTags.CompilationEnd);

    private const int Limit = 262144;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start => Declarations.Collect(start, Report));
    }

    private static void Report(CompilationAnalysisContext context, Declarations declared)
    {
        var models = declared.Records.Select(r => (Record: r, RecordReading.Of(r, context.Compilation, context.CancellationToken).Model)).Where(static m => m.Model is not null).ToList();
        foreach (var kind in KindModel.Group(models.Select(static m => m.Model!)))
        {
            var definition = CustomResourceDefinition.Of(kind);
            var size = Encoding.UTF8.GetByteCount(JsonText.Write(definition));
            if (size <= Limit / 5 * 4)
                continue;
            var record = models.First(m => ReferenceEquals(m.Model, kind.Storage)).Record;
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, record.Locations[0], kind.Storage.Kind, Number(size), Number(Limit), Advice(Descriptions.Of(definition), size)));
        }
    }

    /// <summary>Descriptions are shortened with the least trouble, where that is enough.</summary>
    private static string Advice(Descriptions descriptions, int size) => size - descriptions.Bytes < Limit / 2
        ? $"{Number(descriptions.Bytes)} of them are descriptions, {Number(descriptions.Longest)} that of {descriptions.Place} alone: shorten them"
        : "split the kind, or take only those members of built-in types that users are to set";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
