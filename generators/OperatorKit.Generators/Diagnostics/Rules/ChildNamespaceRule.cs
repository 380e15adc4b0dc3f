using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>An object of a namespace owns objects of that namespace alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ChildNamespaceRule() : HandlerRule(SyntaxKind.SimpleAssignmentExpression)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0036",
        "Child is in another namespace than its owner",
        "A {0} owns a {1} in its own namespace only, and not in '{2}': the garbage collector would delete it; leave the namespace out",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        var assignment = (AssignmentExpressionSyntax)context.Node;
        if (assignment.Left is not IdentifierNameSyntax { Identifier.ValueText: "NamespaceProperty" }
            || context.SemanticModel.GetConstantValue(assignment.Right, context.CancellationToken).Value is not string space
            || HandlerReader.ResourceOf(handler) is not { } resource || HandlerReader.Describe(resource) is not { IsClusterScoped: false })
        {
            return;
        }

        // new Child { Metadata = new V1ObjectMeta { NamespaceProperty = "..." } }, and without the inner "new".
        var child = assignment.Ancestors().OfType<BaseObjectCreationExpressionSyntax>()
            .Select(c => context.SemanticModel.GetTypeInfo(c, context.CancellationToken).Type)
            .FirstOrDefault(static t => t is not null && !t.Is("OperatorKit.Models.V1ObjectMeta"));
        if (child is not null && Owns(handler, child))
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, assignment.GetLocation(), resource.Name, child.Name, space));
    }
}
