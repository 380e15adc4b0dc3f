namespace OperatorKit.Caching;

/// <summary>Where an object of a known kind is: namespace and name.</summary>
/// <param name="Namespace">The namespace; empty for an object of the cluster.</param>
/// <param name="Name">The name.</param>
internal readonly record struct ObjectKey(string Namespace, string Name)
{
    public static ObjectKey Of(IKubernetesObject resource)
    {
        var metadata = resource.Metadata;
        return new ObjectKey(metadata.NamespaceProperty ?? "", metadata.Name ?? "");
    }

    // Namespaces repeat, names do not: the name alone spreads well, and hashing one string is half the cost.
    public override int GetHashCode() => string.GetHashCode(Name);

    public bool Equals(ObjectKey other) => Name == other.Name && Namespace == other.Namespace;

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
