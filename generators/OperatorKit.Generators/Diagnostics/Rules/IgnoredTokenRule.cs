using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics.Rules;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class IgnoredTokenRule() : HandlerRule(SyntaxKind.MethodDeclaration)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0032",
        "Handler ignores its cancellation token",
        "{0} awaits and never looks at '{1}': pass it on, so that time-outs and shutdown reach the calls",
        DiagnosticSeverity.Warning);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        if (method.ParameterList.Parameters.LastOrDefault() is not { } parameter)
            return;
        if (!method.Modifiers.Any(SyntaxKind.OverrideKeyword)
            && (context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol || !HookReader.IsHook(symbol)))
        {
            return;
        }

        if (context.SemanticModel.GetDeclaredSymbol(parameter, context.CancellationToken)?.Type.FullName() != "System.Threading.CancellationToken")
            return;
        var name = parameter.Identifier.ValueText;
        var body = (SyntaxNode?)method.Body ?? method.ExpressionBody;
        if (body is null || !body.DescendantNodes().OfType<AwaitExpressionSyntax>().Any())
            return;
        if (!body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(i => i.Identifier.ValueText == name))
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, parameter.GetLocation(), method.Identifier.ValueText, name));
    }
}
