using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using OperatorKit.Generators.Diagnostics.Rules;
using OperatorKit.Generators.Manifests;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>Everything that is wrong with a record, read once a compilation however many rules ask.</summary>
internal static class ResourceProblems
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, IReadOnlyList<Diagnostic>> Known = new();

    /// <summary>What a client-side <c>kubectl apply</c> can keep in its annotation.</summary>
    private const int SizeLimit = 262144;

    public static IReadOnlyList<Diagnostic> Of(INamedTypeSymbol record, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(record, out var known))
            return known;
        var problems = new List<Diagnostic>();
        if (ResourceReader.Read(record, compilation, Add, cancellationToken) is { } model)
            CheckSize(model, Add, record.Locations[0]);
        return Known.GetValue(record, _ => problems);

        static void CheckSize(ResourceModel model, ProblemSink report, Location location)
        {
            var size = JsonText.Write(CustomResourceDefinition.Of(new KindModel([model]))).Length;
            if (size > SizeLimit / 5 * 4)
                report(SizeRule.Descriptor, location, model.Kind, size.ToString(CultureInfo.InvariantCulture), SizeLimit.ToString(CultureInfo.InvariantCulture));
        }

        // A place in another assembly cannot be shown, so that the record itself is named.
        void Add(DiagnosticDescriptor rule, Location? location, object[] arguments)
        {
            var place = location is { IsInSource: true } && compilation.ContainsSyntaxTree(location.SourceTree!) ? location : record.Locations[0];
            problems.Add(Diagnostic.Create(rule, place, arguments));
        }
    }
}
