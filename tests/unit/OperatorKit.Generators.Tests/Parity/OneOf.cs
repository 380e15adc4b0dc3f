using System.Text.Json.Serialization;
using OperatorKit;

namespace Parity;

// controller-tools' pkg/crd/testdata/oneof, said in C#.
[KubernetesResource("testdata.kubebuilder.io", "v1beta1")]
public sealed partial record Oneof : CustomResource<OneofSpec>;

public sealed record OneofSpec
{
    public TypeWithOneofs? FirstTypeWithOneof { get; init; }
    public TypeWithMultipleOneofs? SecondTypeWithOneof { get; init; }
    public TypeWithExactOneofs? FirstTypeWithExactOneof { get; init; }
    public TypeWithMultipleExactOneofs? SecondTypeWithExactOneof { get; init; }
    [JsonPropertyName("typeWithMultipleAtLeastOneOf")]
    public TypeWithMultipleAtLeastOneofs? TypeWithMultipleAtLeastOneofs { get; init; }
    public TypeWithAllOneofs? TypeWithAllOneOf { get; init; }
    public TypeWithOmitZero? TypeWithOmitZero { get; init; }
    public TypeWithOmitZeroExact? TypeWithOmitZeroExact { get; init; }
    public TypeWithOmitZeroAtLeastOneOf? TypeWithOmitZeroAtLeastOneOf { get; init; }
    [Cel("self >= 100 && self <= 1000", Message = "invalid CustomTypeAlias value")]
    public int? FirstCustomTypeAlias { get; init; }
    [Cel("self >= 100 && self <= 1000", Message = "invalid CustomTypeAlias value")]
    public int? SecondCustomTypeAlias { get; init; }
}

[Cel("!(has(self.foo) && has(self.bar))", Message = "only one of foo|bar may be set")]
[AtMostOneOf(nameof(Foo), nameof(Bar))]
public sealed record TypeWithOneofs
{
    public string? Foo { get; init; }
    public string? Bar { get; init; }
}

[AtMostOneOf(nameof(A), nameof(B))]
[AtMostOneOf(nameof(C), nameof(D))]
public sealed record TypeWithMultipleOneofs
{
    public string? A { get; init; }
    public string? B { get; init; }
    public string? C { get; init; }
    public string? D { get; init; }
}

[ExactlyOneOf(nameof(Foo), nameof(Bar))]
public sealed record TypeWithExactOneofs
{
    public string? Foo { get; init; }
    public string? Bar { get; init; }
}

[ExactlyOneOf(nameof(A), nameof(B))]
[ExactlyOneOf(nameof(C), nameof(D))]
public sealed record TypeWithMultipleExactOneofs
{
    public string? A { get; init; }
    public string? B { get; init; }
    public string? C { get; init; }
    public string? D { get; init; }
}

[AtLeastOneOf(nameof(A), nameof(B))]
[AtLeastOneOf(nameof(C), nameof(D))]
public sealed record TypeWithMultipleAtLeastOneofs
{
    public string? A { get; init; }
    public string? B { get; init; }
    public string? C { get; init; }
    public string? D { get; init; }
}

[AtMostOneOf(nameof(A), nameof(B))]
[ExactlyOneOf(nameof(C), nameof(D))]
[AtLeastOneOf(nameof(E), nameof(F))]
public sealed record TypeWithAllOneofs
{
    public string? A { get; init; }
    public string? B { get; init; }
    public string? C { get; init; }
    public string? D { get; init; }
    public string? E { get; init; }
    public string? F { get; init; }
}

[AtMostOneOf(nameof(Foo), nameof(Bar))]
public sealed record TypeWithOmitZero
{
    public string? Foo { get; init; }
    public string? Bar { get; init; }
}

[ExactlyOneOf(nameof(A), nameof(B))]
public sealed record TypeWithOmitZeroExact
{
    public string? A { get; init; }
    public string? B { get; init; }
}

[AtLeastOneOf(nameof(C), nameof(D))]
public sealed record TypeWithOmitZeroAtLeastOneOf
{
    public string? C { get; init; }
    public string? D { get; init; }
}
