namespace OperatorKit;

/// <summary>
/// A right that the operator needs and that its code does not show, as calls on dynamic clients: one rule of its role. Goes on the
/// operator or on any other class of its assembly.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RbacAttribute : Attribute
{
    /// <summary>API groups; the core group is empty or <c>core</c>. Default: the core group.</summary>
    public string[] Groups { get; init; } = [""];

    /// <summary>Resources in the plural, with a subresource after a slash. Default: none, for rules on <see cref="Urls"/>.</summary>
    public string[] Resources { get; init; } = [];

    /// <summary>Verbs, as in <c>get</c>, <c>list</c>, <c>watch</c>.</summary>
    public required string[] Verbs { get; init; }

    /// <summary>Names of objects. Default: all.</summary>
    public string[] ResourceNames { get; init; } = [];

    /// <summary>Paths that are no resources, as in <c>/metrics</c>. Default: none.</summary>
    public string[] Urls { get; init; } = [];

    /// <summary>A namespace whose own role gets the rule. Default: the rule goes into the role of the operator.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the role that gets the rule. Default: the name of the operator.</summary>
    public string? RoleName { get; init; }
}
