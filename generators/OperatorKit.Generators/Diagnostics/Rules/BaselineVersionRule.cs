using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Baselines;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>
/// Each kind and version of the baseline still has a record. A kind of a group that the assembly has no record of is not looked
/// at, for several assemblies may name the same baseline.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineVersionRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0046",
        "Kind or version of the baseline is gone",
        "{0} of the baseline has no record any more: {1}",
        DiagnosticSeverity.Error,
        WellKnownDiagnosticTags.CompilationEnd);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var baseline = Baseline.Read(start.Options, start.CancellationToken);
            if (!baseline.IsEmpty)
                Declarations.Collect(start, (end, declared) => Report(end, baseline, [.. declared.Records.Select(Declared.Of)]));
        });
    }

    private static void Report(CompilationAnalysisContext context, Baseline baseline, IReadOnlyList<Declared> records)
    {
        foreach (var definition in baseline.Definitions.OrderBy(static d => d.Key, System.StringComparer.Ordinal))
        {
            var (name, spec) = (definition.Key, definition.Value);
            var group = records.Where(r => r.Identity.Group == Baseline.Text(spec["group"])).ToList();
            if (group.Count == 0)
                continue;
            var kind = group.Where(r => r.Identity.Plural + "." + r.Identity.Group == name).ToList();
            if (kind.Count == 0)
            {
                Say(group[0], name, "give a record of the group this plural and kind, or delete the file with the definition once no cluster has it");
                continue;
            }

            foreach (var version in Baseline.Versions(spec).Select(static v => Baseline.Text(v["name"])).Except(kind.Select(static r => r.Identity.Version)))
                Say(kind[0], $"version {version} of {name}", "keep it until no object is stored in it, with 'Served = false' once nobody asks for it");
        }

        void Say(Declared record, string what, string advice) => context.ReportDiagnostic(Diagnostic.Create(Descriptor, record.Location, what, advice));
    }

    private sealed record Declared(ResourceIdentity Identity, Location Location)
    {
        public static Declared Of(INamedTypeSymbol record)
        {
            var attribute = record.Attribute(Attributes.KubernetesResource)!;
            return new Declared(ResourceIdentity.Read(record, attribute), attribute.Location() ?? record.Locations[0]);
        }
    }
}
