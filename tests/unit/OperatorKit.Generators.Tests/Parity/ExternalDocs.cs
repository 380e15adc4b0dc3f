using System.Text.Json.Serialization;
using OperatorKit;

namespace Parity;

// controller-tools' pkg/crd/testdata/external_docs, said in C#.
[KubernetesResource("testdata.kubebuilder.io", "v1", Plural = "externaldocs")]
public sealed partial record ExternalDoc : CustomResource<ExternalDocSpec>;

public sealed record ExternalDocSpec
{
    [ExternalDocs("https://example.com/docs", Description = "external docs description")]
    public string? FieldWithExternalDoc { get; init; }
    [ExternalDocs("https://example.com/docs"), JsonPropertyName("fieldWithExternalDocURLOnly")]
    public string? FieldWithExternalDocUrlOnly { get; init; }
    [ExternalDocs("https://example.com/type-docs", Description = "type-level external docs")]
    public string? TypeWithExternalDoc { get; init; }
}
