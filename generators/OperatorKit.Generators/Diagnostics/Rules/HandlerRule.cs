using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on the code of handlers.</summary>
internal abstract class HandlerRule(params SyntaxKind[] kinds) : DiagnosticAnalyzer
{
    private readonly ImmutableArray<SyntaxKind> _kinds = [.. kinds];

    protected abstract DiagnosticDescriptor Rule { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if ((node.ContainingSymbol as INamedTypeSymbol ?? node.ContainingSymbol?.ContainingType) is { } type && IsHandler(type))
                    Analyze(node, type);
            },
            _kinds);
    }

    protected abstract void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler);

    /// <summary>The kind that a handler handles.</summary>
    protected static INamedTypeSymbol? ResourceOf(INamedTypeSymbol handler)
        => handler.AllInterfaces.FirstOrDefault(static i => i.OriginalDefinition.FullName() == "OperatorKit.IResourceHandler`1")?.TypeArguments[0] as INamedTypeSymbol;

    /// <summary>The kinds that a handler owns.</summary>
    protected static IEnumerable<ITypeSymbol> Owned(INamedTypeSymbol handler) => handler.GetAttributes()
        .Where(static a => a.AttributeClass is { IsGenericType: true } owns && owns.OriginalDefinition.FullName() == "OperatorKit.OwnsAttribute`1")
        .Select(static a => a.AttributeClass!.TypeArguments[0]);

    private static bool IsHandler(INamedTypeSymbol type) => !type.IsAbstract && ResourceOf(type) is not null;
}
