using OperatorKit;

// controller-tools' pkg/crd/testdata/multiple_versions, said in C#.
namespace Parity
{
    public sealed record InnerStruct
    {
        public string? Foo { get; init; }
    }

    public sealed record OuterStruct
    {
        [Atomic]
        public InnerStruct? Struct { get; init; }
    }
}

namespace Parity.V1Beta1
{
    [KubernetesResource("testdata.kubebuilder.io", "v1beta1", Storage = false)]
    public sealed partial record VersionedResource : CustomResource<VersionedResourceSpec, VersionedResourceStatus>;

    public sealed record VersionedResourceSpec
    {
        public OuterStruct? Struct { get; init; }
    }

    public sealed record VersionedResourceStatus : ResourceStatus;
}

namespace Parity.V1Beta2
{
    [KubernetesResource("testdata.kubebuilder.io", "v1beta2")]
    public sealed partial record VersionedResource : CustomResource<VersionedResourceSpec, VersionedResourceStatus>;

    public sealed record VersionedResourceSpec
    {
        public OuterStruct? Struct { get; init; }
    }

    public sealed record VersionedResourceStatus : ResourceStatus;
}
