using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BlockingCallRule() : HandlerRule(SyntaxKind.InvocationExpression, SyntaxKind.SimpleMemberAccessExpression)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0031",
        "Handler blocks a thread",
        "'{0}' blocks a thread of the operator; await the task",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        var blocks = context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol switch
        {
            IPropertySymbol { Name: "Result" } property => IsTask(property.ContainingType),
            IMethodSymbol { Name: "Wait" or "WaitAll" or "WaitAny" } method => context.Node is InvocationExpressionSyntax && IsTask(method.ContainingType),
            IMethodSymbol { Name: "GetResult" } method => context.Node is InvocationExpressionSyntax && method.ContainingType.Name.EndsWith("Awaiter"),
            IMethodSymbol { Name: "Sleep" } method => context.Node is InvocationExpressionSyntax && method.ContainingType.Is("System.Threading.Thread"),
            _ => false,
        };
        if (blocks)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, context.Node.GetLocation(), context.Node.ToString()));
    }

    private static bool IsTask(INamedTypeSymbol type) => type.OriginalDefinition.FullName() is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1" or "System.Threading.Tasks.ValueTask`1";
}
