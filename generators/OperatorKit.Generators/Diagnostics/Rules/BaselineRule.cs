using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on what a version of a kind was and what it is.</summary>
internal abstract class BaselineRule : DiagnosticAnalyzer
{
    protected abstract DiagnosticDescriptor Rule { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var baseline = Baseline.Read(start.Options, start.CancellationToken);
            if (!baseline.IsEmpty)
                start.RegisterSymbolAction(symbol => Analyze(symbol, baseline), SymbolKind.NamedType);
        });
    }

    /// <summary>What the rule has against the step from the definition to the record.</summary>
    /// <param name="definition">The definition in the baseline.</param>
    /// <param name="before">Its version that the record is of; null where the record's version is new.</param>
    /// <param name="record">The record.</param>
    protected abstract IEnumerable<BreakingChange> Problems(Mapping definition, Mapping? before, RecordReading record);

    private void Analyze(SymbolAnalysisContext context, Baseline baseline)
    {
        var record = (INamedTypeSymbol)context.Symbol;
        if (!record.HasAttribute(Attributes.KubernetesResource))
            return;
        var reading = RecordReading.Of(record, context.Compilation, context.CancellationToken);
        if (reading.Model is not { } model || baseline.Definition(model.QualifiedName) is not { } definition)
            return;
        foreach (var change in Problems(definition, Baseline.Version(definition, model.Version), reading))
            context.ReportDiagnostic(Diagnostic.Create(Rule, reading.LocationOf(change.Place), change.Path.Length == 0 ? model.Kind : change.Path, change.Text));
    }
}
