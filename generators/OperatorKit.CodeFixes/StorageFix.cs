using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OperatorKit.CodeFixes;

/// <summary>Chooses the version that is stored (OPK0006): takes this one out where several are, and puts it in where none is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class StorageFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0006"];

    /// <summary>None: all versions changed alike would be as wrong as before.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<AttributeSyntax>().ConfigureAwait(false) is not { ArgumentList: { } arguments })
            return;
        if (arguments.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Storage") is { } storage)
            context.OfferReplacement("Store this version", arguments, () => arguments.RemoveNode(storage, SyntaxRemoveOptions.KeepNoTrivia)!);
        else
            context.OfferReplacement("Do not store this version", arguments, () => arguments.AddArguments((AttributeArgumentSyntax)NotStored.WithLeadingTrivia(SyntaxFactory.Space)));
    }

    private static AttributeArgumentSyntax NotStored => SyntaxFactory.ParseAttributeArgumentList("(Storage = false)")!.Arguments[0];
}
