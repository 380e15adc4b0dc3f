#pragma warning disable CS1591
namespace OperatorKit.Models;

public sealed partial record V1ObjectMeta
{
    public string? Name { get; set; }
    public string? NamespaceProperty { get; set; }
    public string? GenerateName { get; set; }
    public string? Uid { get; set; }
    public string? ResourceVersion { get; set; }
    public long? Generation { get; set; }
    public DateTime? CreationTimestamp { get; set; }
    public DateTime? DeletionTimestamp { get; set; }
    public IDictionary<string, string>? Labels { get; set; }
    public IDictionary<string, string>? Annotations { get; set; }
    public IList<string>? Finalizers { get; set; }
    public IList<V1OwnerReference>? OwnerReferences { get; set; }
}

public sealed partial record V1OwnerReference
{
    public string? ApiVersion { get; set; }
    public string? Kind { get; set; }
    public string? Name { get; set; }
    public string? Uid { get; set; }
    public bool? Controller { get; set; }
    public bool? BlockOwnerDeletion { get; set; }
}

public sealed partial record V1Condition
{
    public string? Type { get; set; }
    public string? Status { get; set; }
    public string? Reason { get; set; }
    public string? Message { get; set; }
    public long? ObservedGeneration { get; set; }
    public DateTime? LastTransitionTime { get; set; }
}
