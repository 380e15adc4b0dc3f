using System.Text.RegularExpressions;
using OperatorKit.Client;

namespace OperatorKit.Hosting;

/// <summary>What to type when the cluster lacks what an operator needs.</summary>
internal static partial class StartHints
{
    private const string WatchVerbs = "get,list,watch";
    private const string OwnerVerbs = "get,list,watch,create,patch,delete";

    /// <summary>The message for a kind that cannot be listed.</summary>
    /// <param name="error">What the cluster said.</param>
    /// <param name="definition">The kind.</param>
    /// <param name="namespace">The namespace; null for all.</param>
    /// <param name="isOwn">Whether the operator handles the kind, rather than owning objects of it.</param>
    /// <param name="operatorName">Names the role to create.</param>
    /// <param name="manifests">The directory with the manifests.</param>
    public static string For(
        KubernetesException error, ResourceDefinition definition, string? @namespace, bool isOwn, string operatorName, string manifests) => error switch
        {
            NotFoundException { IsKindMissing: true } when isOwn =>
                $"""
            The cluster does not serve {definition.Kind} ({definition.QualifiedName}, version {definition.Version}). Install its definition:
              kubectl apply --server-side -f {Path.Combine(manifests, "crds", $"{definition.Group}_{definition.Plural}.yaml")}
            """,
            NotFoundException { IsKindMissing: true } =>
                $"""
            The cluster does not serve {definition.Kind} ({definition.QualifiedName}, version {definition.Version}), which the operator owns. See what it does serve:
              kubectl api-resources --api-group={definition.Group}
            """,
            ForbiddenException => Forbidden(error, definition, @namespace, isOwn, operatorName, manifests),
            _ => error.Message,
        };

    private static string Forbidden(
        KubernetesException error, ResourceDefinition definition, string? @namespace, bool isOwn, string operatorName, string manifests)
    {
        var role = $"{operatorName}-{definition.Plural}";
        var (kind, binding, scope) = @namespace is null ? ("clusterrole", "clusterrolebinding", "") : ("role", "rolebinding", $" --namespace={@namespace}");
        var resources = isOwn && definition.HasStatus ? $"{definition.QualifiedName},{definition.QualifiedName}/status" : definition.QualifiedName;
        return $"""
            {Subject(error)} may not list and watch {definition.QualifiedName}{(@namespace is null ? "" : $" in namespace {@namespace}")}. Give it the operator's role:
              kubectl apply --server-side -f {Path.Combine(manifests, "rbac.yaml")}
            or only what is missing:
              kubectl create {kind} {role}{scope} --verb={(isOwn ? WatchVerbs + ",patch" : OwnerVerbs)} --resource={resources}
              kubectl create {binding} {role}{scope} --{kind}={role} {Grantee(error)}
            """;
    }

    private static string Subject(KubernetesException error) =>
        UserPattern().Match(error.Message) is { Success: true } user ? user.Groups["user"].Value : "The operator";

    private static string Grantee(KubernetesException error)
    {
        var user = UserPattern().Match(error.Message).Groups["user"].Value;
        const string ServiceAccount = "system:serviceaccount:";
        return user.StartsWith(ServiceAccount, StringComparison.Ordinal) ? $"--serviceaccount={user[ServiceAccount.Length..]}"
            : user.Length > 0 ? $"--user={user}"
            : "--user=USER";
    }

    [GeneratedRegex("[Uu]ser \"(?<user>[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex UserPattern();
}
