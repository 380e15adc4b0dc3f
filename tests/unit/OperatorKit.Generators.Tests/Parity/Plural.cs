using OperatorKit;

namespace Parity;

// controller-tools' pkg/crd/testdata/plural, said in C#; a resource of ours has its members in a spec.
[KubernetesResource("plural.example.com", "v1")]
public sealed partial record TestQuota : CustomResource<TestQuotaSpec>;

public sealed record TestQuotaSpec
{
    public string? Test { get; init; }
}
