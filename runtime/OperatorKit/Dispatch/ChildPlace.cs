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

    /// <summary>A child without a controller is adopted; one that belongs to another is not taken away from it.</summary>
    /// <exception cref="InvalidOperationException">The child has another controller.</exception>
    public static void RequireNoOtherController(IKubernetesObject child, ResourceDefinition definition, IKubernetesObject owner)
    {
        foreach (var reference in child.Metadata.OwnerReferences ?? [])
        {
            if (reference.Controller == true && reference.Uid != owner.Metadata.Uid && !IsEarlierSelf(reference, owner))
            {
                throw new InvalidOperationException(
                    $"{definition.Kind} {child.Metadata.Name} belongs to {reference.Kind} {reference.Name}. Give the child of {owner.Kind} {owner.Metadata.Name} another name, or delete the one that is there.");
            }
        }
    }

    // An owner made again under its name waits for the garbage collector to take what its predecessor left.
    private static bool IsEarlierSelf(Models.V1OwnerReference reference, IKubernetesObject owner) =>
        reference.Kind == owner.Kind && reference.Name == owner.Metadata.Name;
}
