using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace OperatorKit.CodeFixes;

/// <summary>Awaits what a handler blocks on (OPK0031), where its method is <c>async</c> already: else its type would have to change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class AwaitFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0031"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<ExpressionSyntax>().ConfigureAwait(false) is not { } blocking || !IsAsync(blocking))
            return;
        if (Awaited(blocking) is { } task)
            context.OfferReplacement("Await instead", blocking, () => Await(task).WithTriviaFrom(blocking));
    }

    /// <summary>The task that is waited for: of <c>x.Result</c>, <c>x.Wait()</c> and <c>x.GetAwaiter().GetResult()</c>; of a sleep, a delay.</summary>
    private static ExpressionSyntax? Awaited(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => result.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } wait } => wait.Expression,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "GetResult",
                Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter },
            },
        } => awaiter.Expression,
        InvocationExpressionSyntax { ArgumentList: { Arguments.Count: 1 } time, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep" } }
            => SyntaxFactory.InvocationExpression(SyntaxFactory.ParseExpression("global::System.Threading.Tasks.Task.Delay").WithAdditionalAnnotations(Simplifier.Annotation), time),
        _ => null,
    };

    private static ParenthesizedExpressionSyntax Await(ExpressionSyntax task)
        => SyntaxFactory.ParenthesizedExpression(SyntaxFactory.AwaitExpression(task.WithoutTrivia())).WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);

    /// <summary>Whether the method or function around an expression may await.</summary>
    private static bool IsAsync(SyntaxNode node)
    {
        foreach (var outer in node.Ancestors())
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.RawKind != 0;
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LockStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
