using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace OperatorKit.CodeFixes;

/// <summary>What all fixes do: find the node of a diagnostic, offer a change of its document.</summary>
internal static class Fixes
{
    /// <summary>The innermost node of a type at the place of the diagnostic, or around it.</summary>
    public static async Task<T?> FindAsync<T>(this CodeFixContext context)
        where T : SyntaxNode
        => (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))?.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();

    /// <summary>Offers to replace a node.</summary>
    public static void OfferReplacement(this CodeFixContext context, string title, SyntaxNode old, Func<SyntaxNode> replacement)
        => context.Offer(title, async token =>
        {
            var root = await context.Document.GetSyntaxRootAsync(token).ConfigureAwait(false);
            return context.Document.WithSyntaxRoot(root!.ReplaceNode(old, replacement()));
        });

    public static void Offer(this CodeFixContext context, string title, Func<CancellationToken, Task<Document>> change)
        => context.RegisterCodeFix(CodeAction.Create(title, change, equivalenceKey: title), context.Diagnostics);
}
