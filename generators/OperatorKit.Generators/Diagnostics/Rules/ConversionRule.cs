using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>Every member of every version of a kind is converted: by name and type, or by a method of the user.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ConversionRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0070",
        "Member is not converted between versions",
        "{0}; write: {1}",
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
        var readings = new Dictionary<string, RecordReading>();
        foreach (var record in declared.Records)
        {
            var reading = RecordReading.Of(record, context.Compilation, context.CancellationToken);
            if (reading.Model is { } model)
                readings[model.CSharp] = reading;
        }

        var known = declared.Conversions.Select(m => (Symbol: m, Model: ConversionMethod.Read(m))).Where(static m => m.Model is not null).ToList();
        foreach (var kind in KindModel.Group(readings.Values.Select(static r => r.Model!)).Where(static k => k.Versions.Count > 1))
        {
            foreach (var versions in ConversionPlan.Of(kind, [.. known.Select(static m => m.Model!)]).Versions)
            {
                // A method for an outer type may well deal with a member of an inner one.
                var covered = versions.Pairs.Where(static p => p.Method is not null)
                    .Select(p => ConversionReading.Of(known.First(m => m.Model == p.Method).Symbol, context.Compilation, context.CancellationToken)).ToList();
                foreach (var pair in versions.Pairs.Where(static p => !p.IsWhole))
                    Report(context, versions, pair, covered, readings[versions.From.CSharp], readings[versions.To.CSharp]);
            }
        }
    }

    private static void Report(CompilationAnalysisContext context, VersionPair versions, TypePair pair, IReadOnlyList<ConversionReading> covered, RecordReading from, RecordReading to)
    {
        var way = $"{versions.From.Version} to {versions.To.Version}";
        foreach (var member in pair.Missing.Where(m => !covered.Any(c => c.Covers(pair.To.CSharp, m.Name))))
            Report(to.LocationOf(pair.To.CSharp, member.Name), $"{way}: {pair.To.Name}.{member.Name} gets no value{Other(pair.From, member)}", $"mapped with {{ {member.Name} = ... }}");
        foreach (var member in pair.Lost.Where(m => !covered.Any(c => c.Covers(pair.From.CSharp, m.Name)) && pair.Missing.All(t => t.JsonName != m.JsonName)))
            Report(from.LocationOf(pair.From.CSharp, member.Name), $"{way}: {pair.From.Name}.{member.Name} is lost", $"mapped with {{ ... = from.{member.Name} }}");
        foreach (var value in pair.LostValues)
            Report(from.LocationOf(pair.From.CSharp, value.Name), $"{way}: {pair.From.Name}.{value.Name} has no counterpart in {pair.To.Name}", null);

        void Report(Location location, string problem, string? body)
        {
            var (old, now) = (Short(pair.From), Short(pair.To));
            var method = body is null ? $"[Converts] static {now} Convert({old} from) => ..." : $"[Converts] static {now} Convert({old} from, {now} mapped) => {body}";
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, location, problem, method));
        }
    }

    private static string Other(TypeSchema from, MemberSchema member) => from.Members.FirstOrDefault(m => m.JsonName == member.JsonName) is { } other
        ? $", for {from.Name}.{other.Name} is {Text(other)} and not {Text(member)}"
        : "";

    private static string Text(MemberSchema member) => member.Type.Declaration.Replace("global::", "");

    private static string Short(TypeSchema type) => type.CSharp.Replace("global::", "");
}
