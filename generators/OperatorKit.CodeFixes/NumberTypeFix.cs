using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace OperatorKit.CodeFixes;

/// <summary>Makes a member of a type that no schema can hold exactly a quantity (OPK0016, OPK0017); of an unsigned number a <c>long</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class NumberTypeFix : CodeFixProvider
{
    private const string Quantity = "OperatorKit.Models.Quantity";

    public override ImmutableArray<string> FixableDiagnosticIds => ["OPK0016", "OPK0017"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindAsync<PropertyDeclarationSyntax>().ConfigureAwait(false) is not { } property)
            return;
        var type = property.Type is NullableTypeSyntax nullable ? nullable.ElementType : property.Type;
        if (type is not PredefinedTypeSyntax { Keyword: var keyword })
            return;
        if (keyword.IsKind(SyntaxKind.ULongKeyword))
            context.OfferReplacement("Use 'long'", type, () => SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.LongKeyword)).WithTriviaFrom(type));
        else if (IsText(property.Initializer?.Value))
            context.Offer("Use 'Quantity'", token => UseQuantityAsync(context.Document, property, type, token));
    }

    private static async Task<Document> UseQuantityAsync(Document document, PropertyDeclarationSyntax property, TypeSyntax type, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        if (editor.SemanticModel.Compilation.GetTypeByMetadataName(Quantity) is not { } quantity)
            return document;
        if (property.Initializer?.Value is { } value)
            editor.ReplaceNode(value, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(Text(value)!)).WithTriviaFrom(value));
        editor.ReplaceNode(type, editor.Generator.TypeExpression(quantity, addImport: true).WithTriviaFrom(type));
        return editor.GetChangedDocument();
    }

    /// <summary>Whether an initialiser can be written as a quantity: there is none, or it is a number.</summary>
    private static bool IsText(ExpressionSyntax? value) => value is null || Text(value) is not null;

    private static string? Text(ExpressionSyntax value) => value switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: var operand } when Text(operand) is { } text => "-" + text,
        LiteralExpressionSyntax { Token.Value: double number } => Plain((decimal)number),
        LiteralExpressionSyntax { Token.Value: float number } => Plain((decimal)number),
        LiteralExpressionSyntax { Token.Value: decimal number } => Plain(number),
        LiteralExpressionSyntax { Token.Value: int number } => Plain(number),
        _ => null,
    };

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
