using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Symbols;

/// <summary>
/// Reads which rights the calls in a handler need: calls on <c>ResourceClient&lt;T&gt;</c>, on generated clients (which have
/// no symbols yet, so their names have to do), and the writes of the context.
/// </summary>
internal static class UseReader
{
    public static IEnumerable<UseModel> Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var uses = new List<UseModel>();
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellationToken);
            var semantics = compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (var call in declaration.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (call.Expression is MemberAccessExpressionSyntax access && Read(call, access, semantics) is { } use && !uses.Contains(use))
                    uses.Add(use);
            }
        }

        return uses;
    }

    private static UseModel? Read(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, SemanticModel semantics)
    {
        if (Right(access.Name.Identifier.ValueText) is not var (subresource, verbs))
            return null;
        var receiver = semantics.GetTypeInfo(access.Expression).Type;
        if (receiver is INamedTypeSymbol { IsGenericType: true } client && client.OriginalDefinition.FullName() == "OperatorKit.Client.ResourceClient`1")
            return client.TypeArguments[0] is INamedTypeSymbol kind && HandlerReader.Describe(kind) is { } described ? new UseModel(described, null, subresource, [.. verbs]) : null;
        if (receiver is { TypeKind: not TypeKind.Error })
            return null;

        // Generated types: a client by its name, anything else is the context, whose writes name the kind.
        if (receiver is { Name: var name } && name.EndsWith("Client"))
            return new UseModel(null, name, subresource, [.. verbs]);
        if (access.Name.Identifier.ValueText is not ("ApplyAsync" or "DeleteAsync"))
            return null;
        var child = access.Name is GenericNameSyntax generic
            ? semantics.GetTypeInfo(generic.TypeArgumentList.Arguments[0]).Type
            : call.ArgumentList.Arguments.FirstOrDefault() is { } argument ? semantics.GetTypeInfo(argument.Expression).Type : null;
        return child is INamedTypeSymbol { TypeKind: not TypeKind.Error } symbol && HandlerReader.Describe(symbol) is { } owned
            ? new UseModel(owned, null, subresource, [.. verbs])
            : null;
    }

    private static (string Subresource, string[] Verbs)? Right(string method) => method switch
    {
        "GetAsync" or "FindAsync" => ("", ["get"]),
        "ListAsync" or "ListPagesAsync" => ("", ["list"]),
        "WatchAsync" => ("", ["watch"]),
        "CreateAsync" => ("", ["create"]),
        "ApplyAsync" => ("", ["create", "patch"]),
        "PatchAsync" => ("", ["patch"]),
        "ApplyStatusAsync" or "PatchStatusAsync" => ("/status", ["patch"]),
        "ScaleAsync" => ("/scale", ["patch"]),
        "GetScaleAsync" => ("/scale", ["get"]),
        "DeleteAsync" => ("", ["delete"]),
        "DeleteCollectionAsync" => ("", ["deletecollection"]),
        _ => null,
    };
}
