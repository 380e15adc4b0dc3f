using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>Where a child goes, and whether it may belong to its owner at all.</summary>
internal static class ChildPlace
{
    /// <summary>Namespace and name of a child.</summary>
    /// <exception cref="ArgumentException">It has no name, or the garbage collector could not follow it to its owner.</exception>
    public static ObjectKey Of(IKubernetesObject child, ResourceDefinition definition, IKubernetesObject owner)
    {
        var name = child.Metadata.Name;
        if (string.IsNullOrEmpty(name))
            throw new ArgumentException($"The {definition.Kind} has no name. Set Metadata.Name, as in {{owner}}-{definition.Kind.ToLowerInvariant()}.");
        var home = owner.Metadata.NamespaceProperty ?? "";
        if (definition.Scope == ResourceScope.Cluster)
        {
            return home.Length == 0
                ? new ObjectKey("", name)
                : throw new ArgumentException(
                    $"{definition.Kind} {name} is of the cluster and {owner.Kind} {owner.Metadata.Name} is in a namespace: it cannot own it. Write it with Client and delete it in OnDeleteAsync.");
        }

        var wanted = child.Metadata.NamespaceProperty;
        if (home.Length == 0)
        {
            return !string.IsNullOrEmpty(wanted)
                ? new ObjectKey(wanted, name)
                : throw new ArgumentException($"{owner.Kind} {owner.Metadata.Name} is in no namespace, so {definition.Kind} {name} has to say its own: set Metadata.NamespaceProperty.");
        }

        return string.IsNullOrEmpty(wanted) || wanted == home
            ? new ObjectKey(home, name)
            : throw new ArgumentException($"{definition.Kind} {name} is for namespace {wanted} and its owner is in {home}: an owner must be in the same namespace. Leave the namespace out.");
    }
}
