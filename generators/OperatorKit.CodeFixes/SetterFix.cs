using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OperatorKit.CodeFixes;

/// <summary>Gives a member an <c>init</c> accessor (OPK0019).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class SetterFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0019"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<PropertyDeclarationSyntax>().ConfigureAwait(false) is { AccessorList: { } accessors })
            context.OfferReplacement("Add 'init'", accessors, () => WithInit(accessors));
    }

    private static AccessorListSyntax WithInit(AccessorListSyntax accessors)
    {
        var init = SyntaxFactory.AccessorDeclaration(SyntaxKind.InitAccessorDeclaration)
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithTrailingTrivia(SyntaxFactory.Space);
        var kept = SyntaxFactory.List(System.Linq.Enumerable.Where(accessors.Accessors, static a => a.IsKind(SyntaxKind.GetAccessorDeclaration)));
        return accessors.WithAccessors(kept.Add(init));
    }
}
