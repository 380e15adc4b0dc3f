using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Emitters;
using OperatorKit.Generators.Manifests;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>A method with <c>[Converts]</c> can be called, and converts what versions of a kind differ in.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ConversionMethodRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0071",
        "Conversion method is of no use",
        "{0} is not called: {1}",
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
        var methods = declared.Conversions;
        if (methods.Count == 0)
            return;
        var models = declared.Records.Select(r => RecordReading.Of(r, context.Compilation, context.CancellationToken).Model).Where(static m => m is not null).Select(static m => m!);
        var usable = methods.Select(ConversionMethod.Read).Where(static m => m is not null).Select(static m => m!).ToList();
        var plans = KindModel.Group(models).Where(static k => k.Versions.Count > 1).Select(k => ConversionPlan.Of(k, usable)).ToList();
        var used = plans.SelectMany(static p => p.Versions).SelectMany(static v => v.Pairs).Select(static p => p.Method?.CSharp + p.Method?.From + p.Method?.To).ToImmutableHashSet();
        var own = plans.Select(static p => ConversionEmitter.ClassOf(p.Kind.Storage)).ToImmutableHashSet();
        foreach (var method in methods)
        {
            if (Problem(method, used, own) is { } problem)
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, method.Locations[0], method.Name, problem));
        }
    }

    private static string? Problem(IMethodSymbol method, ImmutableHashSet<string> used, ImmutableHashSet<string> own)
    {
        if (ConversionMethod.ShapeProblem(method) is { } shape)
            return shape;
        var model = ConversionMethod.Read(method)!;
        if (!own.Contains(model.Type) && !IsVisible(method))
            return "it is private: put it into a part of the generated class, or make it internal";
        return used.Contains(model.CSharp + model.From + model.To)
            ? null
            : $"no two versions of a kind have {method.Parameters[0].Type.Name} and {method.ReturnType.Name} in the same place, or another method converts them";
    }

    private static bool IsVisible(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }
}
