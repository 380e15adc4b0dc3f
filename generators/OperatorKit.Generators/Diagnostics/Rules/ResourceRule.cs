using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on resource records: shows what <see cref="ResourceReader"/> finds of its kind.</summary>
internal abstract class ResourceRule : DiagnosticAnalyzer
{
    protected abstract DiagnosticDescriptor Rule { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var record = (INamedTypeSymbol)context.Symbol;
        if (!record.HasAttribute(Attributes.KubernetesResource))
            return;
        foreach (var problem in RecordReading.Of(record, context.Compilation, context.CancellationToken).Problems.Where(p => p.Descriptor.Id == Rule.Id))
            context.ReportDiagnostic(problem);
    }
}
