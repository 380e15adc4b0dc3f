using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorKit.Generators.Schemas;
using OperatorKit.Generators.Text;

namespace OperatorKit.Generators.Symbols;

/// <summary>Reads which rights a call needs: one on a typed client, on a generated client, on a handler's context or on the options of a controller.</summary>
internal static class UseReader
{
    private const string Ignore = "OperatorKit.RbacIgnoreAttribute";

    /// <summary>The rights of a call that <see cref="ClientCalls.MayNeedRight"/>; none where it turns out to be something else.</summary>
    public static EquatableArray<UseModel> Read(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var targets = new CallTargets(semantics, cancellationToken);
        var uses = Uses(call, targets).ToEquatableArray();
        return uses.Count == 0 || IsIgnored(semantics.GetEnclosingSymbol(call.SpanStart, cancellationToken)) ? [] : uses;
    }

    private static IEnumerable<UseModel> Uses(InvocationExpressionSyntax call, CallTargets targets)
    {
        var name = ClientCalls.NameOf(call)!;
        var method = name.Identifier.ValueText;
        var receiver = CallTargets.ReceiverOf(call);
        if (ClientCalls.OfClient(method) is var (subresource, verbs) && targets.ClientOf(receiver) is { } client)
        {
            yield return new UseModel(client, subresource, [.. verbs]);
        }
        else if (ClientCalls.OfContext(method) is { } needed && targets.IsContext(receiver, method))
        {
            if (targets.KindOf(name, call) is { } kind)
                yield return new UseModel(kind, "", [.. needed]);
        }
        else if (ClientCalls.OfAllNamespaces(method) is var (plural, verb) && targets.IsKubernetesClient(receiver))
        {
            yield return new UseModel(new UseTarget(null, plural), "", [verb]);
        }
        else if (ClientCalls.IsInstall(method) && targets.IsKubernetesClient(receiver) && targets.KindOf(name, call) is { } installed)
        {
            var definitions = new OwnedModel("", "apiextensions.k8s.io", "customresourcedefinitions", IsClusterScoped: true);
            yield return new UseModel(new UseTarget(definitions, ""), "", ["create", "patch", "watch"]);
            yield return new UseModel(installed, "", ["list"]);
        }
    }

    private static bool IsIgnored(ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.GetAttributes().Any(static a => a.AttributeClass.Is(Ignore)))
                return true;
        }

        return false;
    }
}
