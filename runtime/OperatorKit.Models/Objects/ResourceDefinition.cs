namespace OperatorKit;

/// <summary>What the API calls a kind and where it serves it.</summary>
public sealed record ResourceDefinition
{
    /// <summary>API group, as in <c>apps</c>; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>API version, as in <c>v1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Kind, as in <c>ReplicaSet</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Plural name in lower case, as in <c>replicasets</c>: the resource in URLs.</summary>
    public required string Plural { get; init; }

    /// <summary>Whether objects live in a namespace or in the cluster.</summary>
    public ResourceScope Scope { get; init; } = ResourceScope.Namespaced;

    /// <summary>Whether the kind has a <c>/status</c> subresource.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether the kind has a <c>/scale</c> subresource.</summary>
    public bool HasScale { get; init; }

    /// <summary><c>group/version</c>, or the version alone in the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>plural.group</c>, or the plural alone in the core group: how error messages and CRD names spell it.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc/>
    public override string ToString() => $"{ApiVersion}, Kind={Kind}";
}

/// <summary>Where objects of a kind live.</summary>
public enum ResourceScope
{
    /// <summary>In a namespace.</summary>
    Namespaced,

    /// <summary>In the cluster, outside any namespace.</summary>
    Cluster,
}
