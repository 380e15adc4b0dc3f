using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OperatorKit.CodeFixes;

/// <summary>Makes a record of a resource <c>sealed</c> and <c>partial</c> (OPK0001).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class ShapeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0001"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<RecordDeclarationSyntax>().ConfigureAwait(false) is { } record && Shaped(record.Modifiers) is var modifiers && modifiers != record.Modifiers)
            context.OfferReplacement("Make the record 'sealed partial'", record, () => WithModifiers(record, modifiers));
    }

    private static SyntaxTokenList Shaped(SyntaxTokenList modifiers)
    {
        if (modifiers.FirstOrDefault(static m => m.IsKind(SyntaxKind.AbstractKeyword)) is { RawKind: not 0 } @abstract)
            modifiers = modifiers.Remove(@abstract);
        var last = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        if (!modifiers.Any(SyntaxKind.SealedKeyword))
            modifiers = modifiers.Insert(last < 0 ? modifiers.Count : last, Keyword(SyntaxKind.SealedKeyword));
        return last < 0 ? modifiers.Add(Keyword(SyntaxKind.PartialKeyword)) : modifiers;
    }

    /// <summary>The comment above a record without modifiers stands before its keyword, and moves to the first modifier.</summary>
    private static RecordDeclarationSyntax WithModifiers(RecordDeclarationSyntax record, SyntaxTokenList modifiers)
    {
        if (record.Modifiers.Count > 0 || record.AttributeLists.Count > 0)
        {
            var leading = record.Modifiers.Count > 0 ? record.Modifiers[0].LeadingTrivia : record.Keyword.LeadingTrivia;
            return record.WithKeyword(record.Modifiers.Count > 0 ? record.Keyword : record.Keyword.WithLeadingTrivia()).WithModifiers(modifiers.Replace(modifiers[0], modifiers[0].WithLeadingTrivia(leading)));
        }

        var trivia = record.GetLeadingTrivia();
        return record.WithoutLeadingTrivia().WithModifiers(modifiers).WithLeadingTrivia(trivia);
    }

    private static SyntaxToken Keyword(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
}
