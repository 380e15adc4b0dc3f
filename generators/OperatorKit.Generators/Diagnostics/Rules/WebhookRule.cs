using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>An admission webhook overrides something, and the API server takes what its attribute says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class WebhookRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0072",
        "Admission webhook cannot be configured",
        "{0} cannot be configured: {1}",
        DiagnosticSeverity.Error);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.IsAbstract || WebhookReader.ResourceOf(type) is null)
            return;
        var (validate, mutate) = (WebhookReader.Override(type, "ValidateAsync"), WebhookReader.Override(type, "MutateAsync"));
        if (validate is null && mutate is null)
            Report(type.Locations[0], "override ValidateAsync or MutateAsync");
        foreach (var method in new[] { validate, mutate })
        {
            if (method is null || (method.Attribute(WebhookReader.Attribute) ?? type.Attribute(WebhookReader.Attribute)) is not { } attribute)
                continue;
            foreach (var problem in Problems(method, WebhookReader.Call(type, method)))
                Report(attribute.Location() ?? method.Locations[0], problem);
        }

        void Report(Location location, string problem) => context.ReportDiagnostic(Diagnostic.Create(Descriptor, location, type.Name, problem));
    }

    private static IEnumerable<string> Problems(IMethodSymbol method, Schemas.WebhookCall call)
    {
        if (call.TimeoutSeconds is < 1 or > 30)
            yield return "TimeoutSeconds must be from 1 to 30";
        if ((call.Operations & 7) == 0)
            yield return "Operations must name one at least, as in AdmissionOperations.Create";
        if (method.Name == "MutateAsync" && call.Operations == 4)
            yield return "what is deleted cannot be changed: leave MutateAsync out, or name other Operations for it";
        if (call.Subresources.Any(static s => s is "scale" or "exec" or "log" or "eviction" || s.Contains("/")))
            yield return "Subresources may name those that carry the object itself, as status does";
    }
}
