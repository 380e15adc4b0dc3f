using System.Collections.Generic;
using System.Linq;
using OperatorKit.Generators.Schemas;

namespace OperatorKit.Generators.Manifests;

/// <summary>An operator as the manifests see it: its kinds and its handlers.</summary>
internal sealed record OperatorModel(OperatorOptions Options, IReadOnlyList<Registration> Registrations, IReadOnlyList<ResourceModel> Resources);

/// <summary>Writes the roles of the operator and who has them: exactly what the runtime and the handlers use.</summary>
internal static class AccessManifest
{
    public static IEnumerable<Node> Of(OperatorModel model)
    {
        var options = model.Options;
        var rules = PolicyRule.Normalize(Rules(model)).Select(static r => r.ToNode()).ToArray();
        var isNamespaced = options.IsNamespaced;
        yield return Role(isNamespaced ? "Role" : "ClusterRole", options.Name, isNamespaced ? options.Namespace : null, options, rules);
        yield return Binding(isNamespaced ? "Role" : "ClusterRole", options.Name, isNamespaced ? options.Namespace : null, options);
        var leases = new PolicyRule(["coordination.k8s.io"], ["leases"], ["get", "create", "patch"]);
        yield return Role("Role", options.Name + "-leader-election", options.Namespace, options, [leases.ToNode()]);
        yield return Binding("Role", options.Name + "-leader-election", options.Namespace, options);
    }

    private static IEnumerable<PolicyRule> Rules(OperatorModel model)
    {
        foreach (var (handler, resource) in model.Registrations)
        {
            yield return new PolicyRule([resource.Group], [resource.Plural], handler.HasFinalizer ? ["get", "list", "watch", "patch"] : ["get", "list", "watch"]);
            if (resource.HasStatus)
                yield return new PolicyRule([resource.Group], [resource.Plural + "/status"], ["patch"]);
            // Children with blockOwnerDeletion in their owner reference need it where the admission plugin checks that.
            if (handler.Owns.Count > 0)
                yield return new PolicyRule([resource.Group], [resource.Plural + "/finalizers"], ["update"]);
            foreach (var owned in handler.Owns)
                yield return new PolicyRule([owned.Group], [owned.Plural], ["get", "list", "watch", "create", "patch", "delete"]);
            foreach (var use in handler.Uses)
            {
                if ((use.Kind ?? KindOf(use.Client!)) is { } kind)
                    yield return new PolicyRule([kind.Group], [kind.Plural + use.Subresource], use.Verbs);
            }

            foreach (var right in handler.Rights)
                yield return new PolicyRule(right.Groups, right.Resources, right.Verbs, right.Names);
        }

        yield return new PolicyRule(["events.k8s.io"], ["events"], ["create", "patch"]);

        // A generated client of this assembly.
        OwnedModel? KindOf(string client) => model.Resources.Where(r => r.Name + "Client" == client)
            .Select(static r => new OwnedModel(r.CSharp, r.Group, r.Plural, r.IsClusterScoped)).FirstOrDefault();
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
