namespace OperatorKit;

/// <summary>Marks the spec member that <c>kubectl scale</c> sets (<c>scale.specReplicasPath</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScaleReplicasAttribute : Attribute;

/// <summary>Marks the status member that holds the number of replicas seen (<c>scale.statusReplicasPath</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StatusReplicasAttribute : Attribute;

/// <summary>Marks the status member that holds the label selector of the replicas, as text (<c>scale.labelSelectorPath</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StatusSelectorAttribute : Attribute;

/// <summary>Shows a member as a column of <c>kubectl get</c>; on the resource itself, shows what <see cref="JsonPath"/> names.</summary>
/// <param name="name">Column heading. Default: the member's name.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(string? name = null) : Attribute
{
    /// <summary>Column heading.</summary>
    public string? Name { get; } = name;

    /// <summary>0 shows the column always, above 0 only with <c>-o wide</c>. Default: 0.</summary>
    public int Priority { get; init; }

    /// <summary>Where the value is, as in <c>.metadata.creationTimestamp</c>. Default: the member.</summary>
    public string? JsonPath { get; init; }

    /// <summary><c>integer</c>, <c>number</c>, <c>string</c>, <c>boolean</c> or <c>date</c>. Default: by the member's type.</summary>
    public string? Type { get; init; }

    /// <summary>OpenAPI format of the value.</summary>
    public string? Format { get; init; }

    /// <summary>What the column shows. Default: the member's documentation.</summary>
    public string? Description { get; init; }
}
