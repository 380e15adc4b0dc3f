using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace OperatorKit.Generators.Diagnostics.Rules;

/// <summary>The status of an object is written through its subresource; elsewhere the API server drops it without a word.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StatusWriteRule() : HandlerRule(SyntaxKind.InvocationExpression)
{
    public static readonly DiagnosticDescriptor Descriptor = RuleDescriptor.Create(
        "OPK0034",
        "Status is written where it is dropped",
        "The API server drops the status that {0} sends: return it from the handler, or use {1}",
        DiagnosticSeverity.Warning);

    private static readonly Regex StatusPatch = new("^\\s*\\{\\s*\"status\"\\s*:", RegexOptions.CultureInvariant);

    protected override DiagnosticDescriptor Rule => Descriptor;

    protected override void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol handler)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { Name: "CreateAsync" or "ApplyAsync" or "PatchAsync" } method
            || !method.ContainingNamespace.ToDisplayString().StartsWith("OperatorKit") && !method.ContainingType.Name.EndsWith("Client"))
        {
            return;
        }

        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (StatusIn(argument.Expression, context) is { } place)
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, place.GetLocation(), method.Name, method.Name == "PatchAsync" ? "PatchStatusAsync" : "ApplyStatusAsync"));
        }
    }

    /// <summary>Where an argument sets the status of an object; null where it does not.</summary>
    private static SyntaxNode? StatusIn(ExpressionSyntax argument, SyntaxNodeAnalysisContext context) => argument switch
    {
        BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => Assigned(initializer),
        WithExpressionSyntax with => Assigned(with.Initializer),
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var text }, ..] }
            when context.SemanticModel.GetConstantValue(text, context.CancellationToken).Value is string patch && StatusPatch.IsMatch(patch) => text,
        _ => null,
    };

    private static SyntaxNode? Assigned(InitializerExpressionSyntax initializer)
        => initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(static a => a.Left is IdentifierNameSyntax { Identifier.ValueText: "Status" });
}
