using System.Text;
using System.Text.RegularExpressions;
using OperatorKit.Client;

namespace OperatorKit.Hosting;

/// <summary>What to type when the cluster lacks what an operator needs.</summary>
internal static partial class StartHints
{
    /// <summary>The message for a kind that cannot be listed.</summary>
    /// <param name="error">What the cluster said.</param>
    /// <param name="definition">The kind.</param>
    /// <param name="namespace">The namespace; null for all.</param>
    /// <param name="isOwn">Whether the operator handles the kind, rather than owning objects of it.</param>
    /// <param name="operatorName">Names the role to create.</param>
    /// <param name="manifests">The directory with the manifests.</param>
    public static string For(
        KubernetesException error, ResourceDefinition definition, string? @namespace, bool isOwn, string operatorName, string manifests)
    {
        var kind = $"{definition.Kind} ({definition.QualifiedName}, version {definition.Version})";
        return error switch
        {
            NotFoundException { IsKindMissing: true } when isOwn =>
                $"""
                The cluster does not serve {kind}. Install its definition:
                  kubectl apply --server-side -f {Path.Combine(manifests, "crds", $"{definition.Group}_{definition.Plural}.yaml")}
                """,
            NotFoundException { IsKindMissing: true } =>
                $"""
                The cluster does not serve {kind}, which the operator owns. See what it does serve:
                  kubectl api-resources --api-group={definition.Group}
                """,
            ForbiddenException => ForMissing(
                [new(definition, @namespace, "get"), new(definition, @namespace, "list"), new(definition, @namespace, "watch")],
                UserPattern().Match(error.Message).Groups["user"].Value,
                operatorName,
                manifests),
            _ => error.Message,
        };
    }

    /// <summary>The message for rights that the operator does not have.</summary>
    public static string ForMissing(IReadOnlyList<Right> missing, string user, string operatorName, string manifests)
    {
        var text = new StringBuilder();
        text.AppendLine($"{(user.Length > 0 ? user : "The operator")} lacks permissions. Give it the operator's role:");
        text.AppendLine($"  kubectl apply --server-side -f {Path.Combine(manifests, "rbac.yaml")}");
        text.Append("or only what is missing:");
        foreach (var group in missing.GroupBy(static right => (right.Resource, right.Namespace, right.Name)))
        {
            var (resource, home, one) = group.Key;
            var (role, scope) = home is null ? ("clusterrole", "") : ("role", $" --namespace={home}");
            var (only, suffix) = one is null ? ("", "") : ($" --resource-name={one}", $"-{one}");
            var name = $"{operatorName}-{resource.Replace('/', '-')}{suffix}";
            text.AppendLine();
            text.AppendLine($"  kubectl create {role} {name}{scope} --verb={string.Join(',', group.Select(static right => right.Verb))} --resource={resource}{only}");
            text.Append($"  kubectl create {role}binding {name}{scope} --{role}={name} {Grantee(user)}");
        }

        return text.ToString();
    }

    private static string Grantee(string user)
    {
        const string ServiceAccount = "system:serviceaccount:";
        return user.StartsWith(ServiceAccount, StringComparison.Ordinal) ? $"--serviceaccount={user[ServiceAccount.Length..]}"
            : user.Length > 0 ? $"--user={user}"
            : "--user=USER";
    }

    [GeneratedRegex("[Uu]ser \"(?<user>[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex UserPattern();
}
