using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OperatorKit.Generators.Baselines;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>Files of the baseline are read, each definition from one: what is not read protects nobody.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaselineFileRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0045",
        "Baseline cannot be read",
        "{0} cannot be the baseline that KubernetesBaseline makes it: {1}",
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
            var content = Baseline.Read(file, context.CancellationToken);
            if (content.Problem is { } problem)
                Report(problem, content.Line);
            foreach (var earlier in Baseline.Files(context.Options).TakeWhile(f => f != file))
            {
                foreach (var name in Baseline.Read(earlier, context.CancellationToken).Definitions.Keys.Intersect(content.Definitions.Keys).OrderBy(static n => n, StringComparer.Ordinal))
                    Report($"{earlier.Path} holds {name} too, and only one of them can be what users have: leave one out", 0);
            }

            void Report(string problem, int line)
            {
                var start = new LinePosition(line, 0);
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, Location.Create(file.Path, default, new LinePositionSpan(start, start)), Path.GetFileName(file.Path), problem));
            }
        });
    }
}
