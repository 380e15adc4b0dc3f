using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Symbols;

namespace OperatorKit.Generators.Diagnostics;

/// <summary>What a method with <c>[Converts]</c> does, as far as its members show.</summary>
internal sealed class ConversionReading
{
    private readonly HashSet<(string Type, string Member)> _named = [];
    private readonly HashSet<string> _whole = [];

    /// <summary>Whether the method reads or sets a member, or hands the object on to where that cannot be seen.</summary>
    public bool Covers(string type, string member) => _whole.Contains(type) || _named.Contains((type, member));

    public static ConversionReading Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var reading = new ConversionReading();
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellationToken);
            var semantics = compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (var name in declaration.DescendantNodes().OfType<IdentifierNameSyntax>())
                reading.Read(name, semantics, cancellationToken);
        }

        return reading;
    }

    private void Read(IdentifierNameSyntax name, SemanticModel semantics, CancellationToken cancellationToken)
    {
        switch (semantics.GetSymbolInfo(name, cancellationToken).Symbol)
        {
            case IPropertySymbol property:
                // An inherited member counts for the type that is converted.
                for (var type = ReceiverOf(name, semantics, cancellationToken) ?? property.ContainingType; type is not null; type = type.BaseType)
                    _named.Add((TypeReader.CSharpName(type), property.Name));
                break;
            case IParameterSymbol parameter when !IsTakenApart(name):
                _whole.Add(TypeReader.CSharpName(parameter.Type));
                break;
        }
    }

    private static INamedTypeSymbol? ReceiverOf(IdentifierNameSyntax name, SemanticModel semantics, CancellationToken cancellationToken) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => semantics.GetTypeInfo(access.Expression, cancellationToken).Type as INamedTypeSymbol,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: ExpressionSyntax made } } assignment when assignment.Left == name => semantics.GetTypeInfo(made, cancellationToken).Type as INamedTypeSymbol,
        _ => null,
    };

    /// <summary>Whether only a member of the parameter is used, or a copy of it is made and returned.</summary>
    private static bool IsTakenApart(IdentifierNameSyntax name) => name.Parent
        is MemberAccessExpressionSyntax
        or ConditionalAccessExpressionSyntax
        or WithExpressionSyntax
        or IsPatternExpressionSyntax
        or ReturnStatementSyntax
        or ArrowExpressionClauseSyntax
        or ConditionalExpressionSyntax
        or SwitchExpressionSyntax
        or AssignmentExpressionSyntax;
}
