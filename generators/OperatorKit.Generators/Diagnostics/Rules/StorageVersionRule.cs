using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>Exactly one version of a kind is stored, over all records of the assembly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StorageVersionRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0006",
        "Not exactly one storage version",
        "{0} in group {1} has {2} ({3}); exactly one version is stored: set 'Storage = false' on the others",
        DiagnosticSeverity.Error,
        WellKnownDiagnosticTags.CompilationEnd);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start => Declarations.Collect(start, Report));
    }

    private static void Report(CompilationAnalysisContext context, Declarations declared)
    {
        var kinds = declared.Records.Select(static r => (Record: r, Attribute: r.Attribute(Attributes.KubernetesResource)!))
            .GroupBy(static r => ResourceIdentity.Read(r.Record, r.Attribute) is var identity ? (identity.Group, identity.Plural) : default);
        foreach (var kind in kinds)
        {
            var stored = kind.Where(static r => r.Attribute.Named("Storage") is not false).ToList();
            if (stored.Count == 1)
                continue;
            var names = string.Join(", ", kind.Select(static r => r.Record.ToDisplayString()).OrderBy(static n => n, System.StringComparer.Ordinal));
            foreach (var (record, attribute) in stored.Count == 0 ? kind.ToList() : stored)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptor,
                    attribute.Location() ?? record.Locations[0],
                    kind.Key.Plural,
                    kind.Key.Group,
                    stored.Count == 0 ? "no storage version" : $"{stored.Count} storage versions",
                    names));
            }
        }
    }
}
