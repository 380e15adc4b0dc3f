using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace OperatorKit.CodeFixes;

/// <summary>Adds <c>[Owns&lt;T&gt;]</c> for a child that a handler applies (OPK0030).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class OwnsFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0030"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<InvocationExpressionSyntax>().ConfigureAwait(false) is not { } call || call.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } handler)
            return;
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model?.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { TypeArguments: { Length: 1 } arguments } && arguments[0] is var child)
            context.Offer($"Add [Owns<{child.Name}>]", token => AddAsync(context.Document, handler, child.ToMinimalDisplayString(model, handler.SpanStart), token));
    }

    private static async Task<Document> AddAsync(Document document, ClassDeclarationSyntax handler, string child, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        editor.AddAttribute(handler, SyntaxFactory.Attribute(SyntaxFactory.ParseName($"Owns<{child}>")));
        return editor.GetChangedDocument();
    }
}
