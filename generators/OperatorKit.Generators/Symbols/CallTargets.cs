using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Finds what a call is made on. The context of a handler and the client of a kind are generated and have no symbols yet, and
/// neither has what is reached through them: there the words have to do.
/// </summary>
internal sealed class CallTargets(SemanticModel semantics, CancellationToken cancellationToken)
{
    private const string KubernetesClient = "OperatorKit.Client.KubernetesClient";
    private const string ResourceClient = "OperatorKit.Client.ResourceClient`1";
    private const string Context = "OperatorKit.ReconcileContext`1";
    private const string Options = "OperatorKit.ControllerOptions";

    /// <summary>How many variables a client is followed through.</summary>
    private const int MaxDepth = 8;

    public static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault()?.Expression,
        _ => null,
    };

    /// <summary>The kind whose objects a client reads and writes; null where the expression is no client.</summary>
    public UseTarget? ClientOf(ExpressionSyntax? expression, int depth = 0)
    {
        if (expression is null || depth > MaxDepth)
            return null;
        var type = semantics.GetTypeInfo(expression, cancellationToken).Type;
        switch (type)
        {
            case INamedTypeSymbol { TypeKind: not TypeKind.Error } client:
                return ClientOf(client);
            case { TypeKind: TypeKind.Error, Name: { Length: > 0 } name } when name.EndsWith("Client"):
                return new UseTarget(null, name);
        }

        return expression switch
        {
            ParenthesizedExpressionSyntax inner => ClientOf(inner.Expression, depth + 1),
            PostfixUnaryExpressionSyntax inner => ClientOf(inner.Operand, depth + 1),
            IdentifierNameSyntax name => ClientOf(InitializerOf(name), depth + 1),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => ClientFrom(access),
            MemberAccessExpressionSyntax access => ClientFrom(access),
            _ => null,
        };
    }

    /// <summary>Whether the expression is a <c>KubernetesClient</c>, or may be one as far as it is known.</summary>
    public bool IsKubernetesClient(ExpressionSyntax? expression)
        => expression is not null && semantics.GetTypeInfo(expression, cancellationToken).Type is null or { TypeKind: TypeKind.Error } or { Name: "KubernetesClient" };

    /// <summary>Whether the expression is a handler's context, or the options of a controller, by what is called.</summary>
    public bool IsContext(ExpressionSyntax? expression, string method)
    {
        if (expression is null)
            return false;
        var type = semantics.GetTypeInfo(expression, cancellationToken).Type;
        if (type is null or { TypeKind: TypeKind.Error })
            return true;
        if (method == "Watch")
            return type.Is(Options);
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.OriginalDefinition.Is(Context))
                return true;
        }

        return false;
    }

    /// <summary>The kind that a call names: by its type argument, else by its first argument.</summary>
    public UseTarget? KindOf(SimpleNameSyntax method, InvocationExpressionSyntax call)
    {
        if (method is GenericNameSyntax generic)
            return Kind(generic.TypeArgumentList.Arguments[0]);
        var argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        return argument is null ? null : Kind(semantics.GetTypeInfo(argument, cancellationToken).Type);
    }

    private UseTarget? Kind(TypeSyntax syntax) => Kind(semantics.GetTypeInfo(syntax, cancellationToken).Type);

    private static UseTarget? Kind(ITypeSymbol? type) => type switch
    {
        ITypeParameterSymbol => UseTarget.Owned,
        INamedTypeSymbol { Name.Length: > 0 } kind when HandlerReader.Describe(kind) is { } described => new UseTarget(described, ""),
        _ => null,
    };

    private static UseTarget? ClientOf(INamedTypeSymbol client)
    {
        if (client.OriginalDefinition.Is(ResourceClient))
            return Kind(client.TypeArguments[0]);

        // The client that was generated with a record of another assembly, beside it.
        if (!client.Name.EndsWith("Client") || client.Name.Length == "Client".Length)
            return null;
        var record = client.ContainingNamespace.GetTypeMembers(client.Name.Substring(0, client.Name.Length - "Client".Length)).FirstOrDefault();
        return record is not null && HandlerReader.Describe(record) is { IsKnown: true } described ? new UseTarget(described, "") : null;
    }

    /// <summary><c>client.Resource&lt;V1Pod&gt;("default")</c>, <c>client.Pods("default")</c> and <c>client.Things("default")</c>.</summary>
    private UseTarget? ClientFrom(MemberAccessExpressionSyntax access)
    {
        if (!IsKubernetesClient(access.Expression))
            return null;
        if (access.Name is GenericNameSyntax { Identifier.ValueText: "Resource" } generic)
            return Kind(generic.TypeArgumentList.Arguments[0]);
        var name = access.Name.Identifier.ValueText;
        var shorthand = semantics.Compilation.GetTypeByMetadataName(KubernetesClient)?.ContainingNamespace.GetTypeMembers()
            .Where(static t => t.IsStatic)
            .SelectMany(t => t.GetMembers(name)).OfType<IMethodSymbol>()
            .Select(static m => m.ReturnType as INamedTypeSymbol)
            .FirstOrDefault(static t => (t?.OriginalDefinition).Is(ResourceClient));
        return shorthand is not null ? ClientOf(shorthand) : new UseTarget(null, name);
    }

    /// <summary>What a local variable, field or property was made of.</summary>
    private ExpressionSyntax? InitializerOf(IdentifierNameSyntax name)
    {
        var declaration = semantics.GetSymbolInfo(name, cancellationToken).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        return declaration?.SyntaxTree != semantics.SyntaxTree ? null : declaration switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax property => property.ExpressionBody?.Expression ?? property.Initializer?.Value,
            _ => null,
        };
    }
}
