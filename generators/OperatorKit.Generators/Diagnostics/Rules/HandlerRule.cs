using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>One rule on the code of handlers, and of the abstract classes that handlers derive from.</summary>
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

    /// <summary>Whether a handler owns a kind, by an attribute of its own or of a class that it derives from.</summary>
    protected static bool Owns(INamedTypeSymbol handler, ITypeSymbol kind)
        => HandlerReader.Classes(handler).SelectMany(HandlerReader.Owned).Contains(kind, SymbolEqualityComparer.Default);

    private static bool IsHandler(INamedTypeSymbol type) => HandlerReader.ResourceOf(type) is not null;
}
