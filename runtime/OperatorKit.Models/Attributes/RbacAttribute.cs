namespace OperatorKit;

/// <summary>A right that the operator needs and that its code does not show: one rule of its role. Goes on the operator.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RbacAttribute : Attribute
{
    /// <summary>API groups; the core group is empty. Default: the core group.</summary>
    public string[] Groups { get; init; } = [""];

    /// <summary>Resources in the plural, with a subresource after a slash.</summary>
    public required string[] Resources { get; init; }

    /// <summary>Verbs, as in <c>get</c>, <c>list</c>, <c>watch</c>.</summary>
    public required string[] Verbs { get; init; }

    /// <summary>Names of objects. Default: all.</summary>
    public string[] ResourceNames { get; init; } = [];
}
