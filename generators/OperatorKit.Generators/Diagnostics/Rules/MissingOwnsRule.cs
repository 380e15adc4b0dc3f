using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MissingOwnsRule() : HandlerRule(SyntaxKind.InvocationExpression)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0030",
        "Child is applied and not owned",
        "{0} applies a {1} without [Owns<{1}>]: nobody notices when somebody changes or deletes it, and every apply costs a request",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        if (context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol is not IMethodSymbol { Name: "ApplyAsync", TypeArguments: [var child] } method
            || !method.ContainingType.OriginalDefinition.Is("OperatorKit.ReconcileContext`1"))
        {
            return;
        }

        // Of an abstract class only those that derive from it know what they own.
        if (!handler.IsAbstract && !Owns(handler, child))
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, context.Node.GetLocation(), handler.Name, child.Name));
    }
}
