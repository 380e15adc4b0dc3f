using OperatorKit;

namespace Parity;

// controller-tools' pkg/crd/testdata/immutable, said in C#.
[KubernetesResource("testdata.kubebuilder.io", "v1")]
public sealed partial record ImmutableType : CustomResource<ImmutableSpec>;

public sealed record ImmutableSpec
{
    [Immutable]
    public required string RequiredString { get; init; }
    [Immutable]
    public string? OptionalString { get; init; }
    [Immutable]
    public string? OptionalLiteralString { get; init; }
    [Immutable]
    public required NestedStruct RequiredStruct { get; init; }
    [Immutable]
    public NestedStruct? OptionalStruct { get; init; }
    [Immutable]
    public NestedStruct? OptionalOmitZeroStruct { get; init; }
    [Immutable]
    public required IReadOnlyList<string> RequiredSlice { get; init; }
    [Immutable]
    public IReadOnlyList<string>? OptionalSlice { get; init; }
    [Immutable]
    public required IReadOnlyDictionary<string, string> RequiredMap { get; init; }
    [Immutable]
    public IReadOnlyDictionary<string, string>? OptionalMap { get; init; }
    public required string MutableString { get; init; }
}

public sealed record NestedStruct
{
    public required string Key { get; init; }
    public required string Value { get; init; }
}
