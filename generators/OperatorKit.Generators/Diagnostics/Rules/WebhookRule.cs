using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Cel;
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

    private const int MaxConditions = 64;

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
            if (method is null)
                continue;
            var attribute = WebhookReader.AttributeOf(type, method);
            foreach (var problem in attribute is null ? [] : Problems(method, attribute, WebhookReader.Call(type, method)))
                Report(attribute!.Location() ?? method.Locations[0], problem);
            var conditions = WebhookReader.ConditionsOf(type, method).ToList();
            foreach (var condition in conditions)
            {
                if (Problem(condition, conditions) is { } problem)
                    Report(condition.Location() ?? method.Locations[0], problem);
            }
        }

        void Report(Location location, string problem) => context.ReportDiagnostic(Diagnostic.Create(Descriptor, location, type.Name, problem));
    }

    private static IEnumerable<string> Problems(IMethodSymbol method, AttributeData attribute, Schemas.WebhookCall call)
    {
        if (call.TimeoutSeconds is < 1 or > 30)
            yield return "TimeoutSeconds must be from 1 to 30";
        if ((call.Operations & 7) == 0)
            yield return "Operations must name one at least, as in AdmissionOperations.Create";
        if (method.Name == "MutateAsync" && call.Operations == 4)
            yield return "what is deleted cannot be changed: leave MutateAsync out, or name other Operations for it";
        if (call.Subresources.Any(static s => s is "scale" or "exec" or "log" or "eviction" || s.Contains("/")))
            yield return "Subresources may name those that carry the object itself, as status does";
        foreach (var name in new[] { "NamespaceSelector", "ObjectSelector" })
        {
            if (attribute.Named(name) is string selector && LabelSelector.Parse(selector, out var wrong) is null)
                yield return $"'{wrong}' of {name} is no part of a label selector, as tier=web, env in (test,live) or !paused are";
        }
    }

    private static string? Problem(AttributeData condition, IReadOnlyList<AttributeData> all)
    {
        var (name, expression) = (condition.Argument(0) as string ?? "", condition.Argument(1) as string ?? "");
        if (!LabelSelector.IsKey(name))
            return $"\"{name}\" is no name of a condition, as exclude-leases and example.com/only-mine are";
        if (all.TakeWhile(c => c != condition).Any(c => c.Argument(0) as string == name))
            return $"two conditions have the name {name}";
        if (all.Count > MaxConditions)
            return $"it has {all.Count} conditions, and the API server takes {MaxConditions}";
        try
        {
            CelParser.Parse(expression);
            return null;
        }
        catch (FormatException problem)
        {
            return $"\"{expression}\" is no CEL: {problem.Message}";
        }
    }
}
