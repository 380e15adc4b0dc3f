using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OwnerScopeRule() : HandlerRule(SyntaxKind.ClassDeclaration)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0033",
        "Namespaced object cannot own one of the cluster",
        "{0} handles {1}, whose objects live in namespaces; they cannot own a {2}, which lives in the cluster: the garbage collector would delete it",
        DiagnosticSeverity.Error);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        if (HandlerReader.ResourceOf(handler) is not { } resource || IsOfCluster(resource))
            return;
        foreach (var attribute in HandlerReader.OwnsAttributes(handler))
        {
            if (attribute.AttributeClass!.TypeArguments[0] is INamedTypeSymbol child && IsOfCluster(child) && attribute.ApplicationSyntaxReference is { } place && context.Node.Span.Contains(place.Span))
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, attribute.Location(), handler.Name, resource.Name, child.Name));
        }
    }

    private static bool IsOfCluster(INamedTypeSymbol kind) => HandlerReader.Describe(kind) is { IsClusterScoped: true };
}
