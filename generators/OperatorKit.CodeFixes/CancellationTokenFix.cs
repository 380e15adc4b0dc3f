using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OperatorKit.CodeFixes;

/// <summary>Passes the token of a handler to the calls that it awaits and that take one (OPK0032).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class CancellationTokenFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0032"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<ParameterSyntax>().ConfigureAwait(false) is not { } parameter || parameter.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
            return;
        if (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return;
        var calls = method.DescendantNodes().OfType<AwaitExpressionSyntax>()
            .Select(static a => a.Expression).OfType<InvocationExpressionSyntax>()
            .Select(call => (Call: call, Argument: ArgumentFor(model, call, parameter.Identifier.ValueText)))
            .Where(static c => c.Argument is not null)
            .ToDictionary(static c => (SyntaxNode)c.Call, static c => c.Argument!);
        if (calls.Count > 0)
            context.OfferReplacement($"Pass '{parameter.Identifier.ValueText}' on", method, () => method.ReplaceNodes(calls.Keys, (old, changed) => ((InvocationExpressionSyntax)changed).AddArgumentListArguments(calls[old])));
    }

    /// <summary>The argument that gives a call the token; null where the call takes none or has one.</summary>
    private static ArgumentSyntax? ArgumentFor(SemanticModel model, InvocationExpressionSyntax call, string token)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return null;
        var value = SyntaxFactory.IdentifierName(token);
        var given = call.ArgumentList.Arguments.Count;
        if (method.Parameters.LastOrDefault() is { IsOptional: true } last && IsToken(last))
        {
            return given == method.Parameters.Length - 1
                ? SyntaxFactory.Argument(value)
                : given < method.Parameters.Length ? SyntaxFactory.Argument(SyntaxFactory.NameColon(last.Name), default, value) : null;
        }

        return given == method.Parameters.Length && Overloads(method).Any(o => TakesToken(o, method)) ? SyntaxFactory.Argument(value) : null;
    }

    private static IEnumerable<IMethodSymbol> Overloads(IMethodSymbol method) => method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>();

    /// <summary>Whether an overload has the parameters of a method, and a token behind them.</summary>
    private static bool TakesToken(IMethodSymbol overload, IMethodSymbol method)
        => overload.IsStatic == method.IsStatic
            && overload.Parameters.Length == method.Parameters.Length + 1
            && IsToken(overload.Parameters[overload.Parameters.Length - 1])
            && overload.Parameters.Take(method.Parameters.Length).Zip(method.OriginalDefinition.Parameters, static (a, b) => a.Type.ToDisplayString() == b.Type.ToDisplayString()).All(static same => same);

    private static bool IsToken(IParameterSymbol parameter) => parameter.Type.ToDisplayString() == "System.Threading.CancellationToken";
}
