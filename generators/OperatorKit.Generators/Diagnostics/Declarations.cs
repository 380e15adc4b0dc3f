using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Conversions;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>All records of kinds that a compilation declares, and all methods that convert between them: for rules that no single one can decide.</summary>
internal sealed class Declarations
{
    private readonly ConcurrentBag<INamedTypeSymbol> _records = [];
    private readonly ConcurrentBag<IMethodSymbol> _conversions = [];

    /// <summary>In an order that does not depend on that of the analysis.</summary>
    public IReadOnlyList<INamedTypeSymbol> Records => InOrder(_records);

    /// <summary>Methods with <c>[Converts]</c>, in such an order too.</summary>
    public IReadOnlyList<IMethodSymbol> Conversions => InOrder(_conversions);

    /// <summary>Looks at the whole compilation and then calls the rule once.</summary>
    public static void Collect(CompilationStartAnalysisContext start, Action<CompilationAnalysisContext, Declarations> report)
    {
        var found = new Declarations();
        start.RegisterSymbolAction(symbol => found.Add(symbol.Symbol), SymbolKind.NamedType, SymbolKind.Method);
        start.RegisterCompilationEndAction(end => report(end, found));
    }

    private void Add(ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol record && record.HasAttribute(Attributes.KubernetesResource))
            _records.Add(record);
        else if (symbol is IMethodSymbol method && method.HasAttribute(ConversionMethod.Attribute))
            _conversions.Add(method);
    }

    private static List<T> InOrder<T>(IEnumerable<T> symbols)
        where T : ISymbol
        => [.. symbols.OrderBy(static s => s.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static s => s.Locations[0].SourceSpan.Start)];
}
