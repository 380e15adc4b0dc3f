using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Imports;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>Files of other people's definitions are read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ImportRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0050",
        "Definitions cannot be read",
        "{0} cannot be imported: {1}",
        DiagnosticSeverity.Error);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(static file =>
        {
            var options = file.Options.AnalyzerConfigOptionsProvider.GetOptions(file.AdditionalFile);
            if (ImportedFiles.IsImport(options) && ImportedFiles.Read(file.AdditionalFile, options, file.CancellationToken) is { Problem: not null } imported)
                file.ReportDiagnostic(ImportedFiles.ProblemOf(imported));
        });
    }
}
