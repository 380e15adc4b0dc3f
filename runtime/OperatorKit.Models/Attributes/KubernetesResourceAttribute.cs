namespace OperatorKit;

/// <summary>Declares a custom resource. Goes on a <c>sealed partial record</c> that derives from <see cref="CustomResource{TSpec, TStatus}"/>.</summary>
/// <param name="group">API group: a DNS name that you own, as in <c>example.com</c>.</param>
/// <param name="version">API version, as in <c>v1</c> or <c>v1alpha1</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KubernetesResourceAttribute(string group, string version) : Attribute
{
    /// <summary>API group.</summary>
    public string Group { get; } = group;

    /// <summary>API version.</summary>
    public string Version { get; } = version;

    /// <summary>The kind. Default: the record's name.</summary>
    public string? Kind { get; init; }

    /// <summary>Plural in lower case. Default: the English plural of the kind.</summary>
    public string? Plural { get; init; }

    /// <summary>Singular in lower case. Default: the kind in lower case.</summary>
    public string? Singular { get; init; }

    /// <summary>Short names for kubectl.</summary>
    public string[] ShortNames { get; init; } = [];

    /// <summary>Categories for kubectl, as in <c>all</c>.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>Where objects live. Default: in a namespace.</summary>
    public ResourceScope Scope { get; init; } = ResourceScope.Namespaced;

    /// <summary>Whether the API serves this version. Default: true.</summary>
    public bool Served { get; init; } = true;

    /// <summary>Whether objects are stored in this version; exactly one version of a kind is. Default: true.</summary>
    public bool Storage { get; init; } = true;
}
