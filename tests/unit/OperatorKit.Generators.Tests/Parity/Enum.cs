using OperatorKit;

namespace Parity;

// controller-tools' pkg/crd/testdata/enum, said in C#.
[KubernetesResource("testdata.kubebuilder.io", "v1")]
public sealed partial record Enum : CustomResource<EnumSpec>;

public sealed record EnumSpec
{
    public EnumType? Field { get; init; }
}

public enum EnumType
{
    Value1,
    Value2,
}
