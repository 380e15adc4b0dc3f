using System.Collections.Generic;
using System.Linq;

namespace OperatorKit.Generators.Manifests;

/// <summary>Writes the roles of the operator and who has them: exactly what the runtime, the handlers and the code around them use.</summary>
internal static class AccessManifest
{
    public static IEnumerable<Node> Of(OperatorModel model)
    {
        var options = model.Options;
        foreach (var role in AccessRules.Of(model).GroupBy(static r => r.Role).OrderBy(static g => g.Key))
        {
            var kind = role.Key.Namespace.Length == 0 ? "ClusterRole" : "Role";
            var space = role.Key.Namespace.Length == 0 ? null : role.Key.Namespace;
            yield return Role(kind, role.Key.Name, space, options, PolicyRule.Normalize(role.Select(static r => r.Rule)).Select(static r => r.ToNode()).ToArray());
            yield return Binding(kind, role.Key.Name, space, options);
        }

        var leases = new PolicyRule(["coordination.k8s.io"], ["leases"], ["get", "create", "patch"]);
        yield return Role("Role", options.Name + "-leader-election", options.Namespace, options, [leases.ToNode()]);
        yield return Binding("Role", options.Name + "-leader-election", options.Namespace, options);
        if (!WebhookManifest.IsNeeded(model))
            yield break;
        yield return Role("ClusterRole", options.Name + "-webhooks", null, options, [.. PolicyRule.Normalize(WebhookManifest.ClusterRules(model)).Select(static r => r.ToNode())]);
        yield return Binding("ClusterRole", options.Name + "-webhooks", null, options);
        yield return Role("Role", options.Name + "-webhooks", options.Namespace, options, [.. PolicyRule.Normalize(WebhookManifest.SecretRules(options)).Select(static r => r.ToNode())]);
        yield return Binding("Role", options.Name + "-webhooks", options.Namespace, options);
    }

    private static Node Role(string kind, string name, string? space, OperatorOptions options, Node[] rules) => new Fields
    {
        { "apiVersion", "rbac.authorization.k8s.io/v1" },
        { "kind", kind },
        { "metadata", Metadata(name, space, options) },
        { "rules", Sequence.Of(rules) },
    };

    private static Node Binding(string role, string name, string? space, OperatorOptions options) => new Fields
    {
        { "apiVersion", "rbac.authorization.k8s.io/v1" },
        { "kind", role + "Binding" },
        { "metadata", Metadata(name, space, options) },
        { "roleRef", new Fields { { "apiGroup", "rbac.authorization.k8s.io" }, { "kind", role }, { "name", name } } },
        { "subjects", Sequence.Of(new Fields { { "kind", "ServiceAccount" }, { "name", options.Name }, { "namespace", options.Namespace } }) },
    };

    /// <summary>The metadata of every object of the operator.</summary>
    public static Node Metadata(string name, string? space, OperatorOptions options) => new Fields
    {
        { "name", name },
        { "namespace", space },
        { "labels", new Fields { { "app.kubernetes.io/name", options.Name }, { "app.kubernetes.io/managed-by", "OperatorKit" } } },
    };
}
