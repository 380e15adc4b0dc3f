using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>Everything that is wrong with a record, read once a compilation however many rules ask.</summary>
internal static class ResourceProblems
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, IReadOnlyList<Diagnostic>> Known = new();

    public static IReadOnlyList<Diagnostic> Of(INamedTypeSymbol record, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(record, out var known))
            return known;
        var problems = new List<Diagnostic>();
        ResourceReader.Read(record, compilation, Add, cancellationToken);
        return Known.GetValue(record, _ => problems);

        // A place in another assembly cannot be shown, so that the record itself is named.
        void Add(DiagnosticDescriptor rule, Location? location, object[] arguments)
        {
            var place = location is { IsInSource: true } && compilation.ContainsSyntaxTree(location.SourceTree!) ? location : record.Locations[0];
            problems.Add(Diagnostic.Create(rule, place, arguments));
        }
    }
}
