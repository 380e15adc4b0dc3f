using System.Collections.Immutable;
using System.IO;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OperatorKit.Generators.Baselines;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>Files of the baseline are read: one that is not protects nobody.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineFileRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0045",
        "Baseline cannot be read",
        "{0} is named as KubernetesBaseline and protects nothing: {1}",
        DiagnosticSeverity.Error);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(static context =>
        {
            var file = context.AdditionalFile;
            if (!Baseline.IsBaseline(context.Options.AnalyzerConfigOptionsProvider.GetOptions(file)))
                return;
            if (Baseline.Read(file, context.CancellationToken) is not { Problem: { } problem } content)
                return;
            var start = new LinePosition(content.Line, 0);
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, Location.Create(file.Path, default, new LinePositionSpan(start, start)), Path.GetFileName(file.Path), problem));
        });
    }
}
