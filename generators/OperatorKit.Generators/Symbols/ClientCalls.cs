using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OperatorKit.Generators.Symbols;

/// <summary>Which calls need which rights, by the names of the methods.</summary>
internal static class ClientCalls
{
    /// <summary>The calls of the typed clients: on objects of the client's kind.</summary>
    private static readonly Dictionary<string, (string Subresource, string[] Verbs)> OfClients = new()
    {
        ["GetAsync"] = ("", ["get"]),
        ["FindAsync"] = ("", ["get"]),
        ["ListAsync"] = ("", ["list"]),
        ["ListPagesAsync"] = ("", ["list"]),
        ["WatchAsync"] = ("", ["watch"]),
        ["CreateAsync"] = ("", ["create"]),
        ["ApplyAsync"] = ("", ["create", "patch"]),
        ["PatchAsync"] = ("", ["patch"]),
        ["ApplyStatusAsync"] = ("/status", ["patch"]),
        ["PatchStatusAsync"] = ("/status", ["patch"]),
        ["ScaleAsync"] = ("/scale", ["patch"]),
        ["GetScaleAsync"] = ("/scale", ["get"]),
        ["DeleteAsync"] = ("", ["delete"]),
        ["DeleteCollectionAsync"] = ("", ["deletecollection"]),
        ["ReadLogAsync"] = ("/log", ["get"]),
        ["EvictAsync"] = ("/eviction", ["create"]),
    };

    /// <summary>The calls of a handler's context and of its options: on the kind that is their type argument, or that of the first argument.</summary>
    private static readonly Dictionary<string, string[]> OfContexts = new()
    {
        ["ApplyAsync"] = ["create", "patch"],
        ["DeleteAsync"] = ["delete"],
        ["PruneAsync"] = ["delete"],
        ["Watch"] = ["list", "watch"],
    };

    public static (string Subresource, string[] Verbs)? OfClient(string method) => OfClients.TryGetValue(method, out var right) ? right : null;

    public static string[]? OfContext(string method) => OfContexts.TryGetValue(method, out var verbs) ? verbs : null;

    /// <summary>Installs a definition, waits for it and lists the objects once.</summary>
    public static bool IsInstall(string method) => method == "InstallAsync";

    /// <summary>The reads of all namespaces that a generated client offers on <c>KubernetesClient</c>: the plural of the kind, and the verb.</summary>
    public static (string Plural, string Verb)? OfAllNamespaces(string method)
    {
        if (!method.EndsWith("Async"))
            return null;
        if (method.StartsWith("ListAll"))
            return (method.Substring("ListAll".Length, method.Length - "ListAllAsync".Length), "list");
        return method.StartsWith("WatchAll") ? (method.Substring("WatchAll".Length, method.Length - "WatchAllAsync".Length), "watch") : null;
    }

    /// <summary>Whether a call may need a right, by its name alone.</summary>
    public static bool MayNeedRight(SyntaxNode node)
        => node is InvocationExpressionSyntax call && NameOf(call)?.Identifier.ValueText is { } name
            && (OfClients.ContainsKey(name) || OfContexts.ContainsKey(name) || IsInstall(name) || OfAllNamespaces(name) is not null);

    /// <summary>The name of the method that a call on an object is made to.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => null,
    };
}
