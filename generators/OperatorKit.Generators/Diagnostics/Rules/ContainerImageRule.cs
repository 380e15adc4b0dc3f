using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ContainerImageRule() : HandlerRule(SyntaxKind.SimpleAssignmentExpression)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0035",
        "Container runs an image without a fixed tag",
        "The image '{0}' may be another one tomorrow; name a version or a digest",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        var assignment = (AssignmentExpressionSyntax)context.Node;
        if (context.SemanticModel.GetConstantValue(assignment.Right, context.CancellationToken).Value is string image
            && Images.IsMoving(image)
            && context.SemanticModel.GetSymbolInfo(assignment.Left, context.CancellationToken).Symbol is IPropertySymbol { Name: "Image", ContainingType.Name: "V1Container" or "V1EphemeralContainer" })
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, assignment.Right.GetLocation(), image));
        }
    }
}
