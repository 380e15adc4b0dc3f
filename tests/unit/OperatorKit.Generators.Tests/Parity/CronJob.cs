using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OperatorKit;
using OperatorKit.Models;

namespace Parity;

// The cronjob types of controller-tools' test data (pkg/crd/testdata/cronjob_types.go), said in C#.
[KubernetesResource("testdata.kubebuilder.io", "v1", Singular = "mycronjob")]
public sealed partial record CronJob : CustomResource<CronJobSpec, CronJobStatus>;

[Cel("has(oldSelf.forbiddenInt) || !has(self.forbiddenInt)", Message = "forbiddenInt is not allowed", Reason = CelReason.FieldValueForbidden, FieldPath = ".forbiddenInt")]
public sealed record CronJobSpec
{
    public required IReadOnlyList<AssociativeType> AssociativeList { get; init; }
    public required string Baz { get; init; }
    public required byte[] BinaryName { get; init; }
    public IReadOnlyDictionary<string, byte[]>? ByteSliceData { get; init; }
    [NullableValue]
    public required string CanBeNull { get; init; }
    public ConcurrencyPolicy? ConcurrencyPolicy { get; init; }
    public IReadOnlyDictionary<string, string> DefaultedEmptyMap { get; init; } = new Dictionary<string, string>();
    public EmpiableObject DefaultedEmptyObject { get; init; } = new();
    public IReadOnlyList<RootObject> DefaultedObject { get; init; } =
    [
        new() { Nested = new() { Foo = "baz", Bar = true } },
        new() { Nested = new() { Foo = "qux", Bar = false } },
    ];

    [DisplayName("DefaultedSlice")]
    public IReadOnlyList<string> DefaultedSlice { get; init; } = ["a", "b"];

    /// <example>forty-two</example>
    [DisplayName("DefaultedString")]
    public string DefaultedString { get; init; } = "forty-two";
    [EmbeddedResource]
    public required JsonObject EmbeddedResource { get; init; }
    public int? FailedJobsHistoryLimit { get; init; }
    [Range(-0.5, 1.5)]
#pragma warning disable OPK0016
    public required double Float64WithValidations { get; init; }
#pragma warning restore OPK0016
    [MinLength(1), Items(MinLength = 1, MaxLength = 255, Pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    public IReadOnlySet<string>? Hosts { get; init; }
    [Range(-2, 2), MultipleOf(2)]
    public required int Int32WithValidations { get; init; }
    [Pattern("^((100|[0-9]{1,2})%|[0-9]+)$"), Length(2, 11)]
    public IntOrString? IntOrStringWithAPattern { get; init; }
    [AllowedValues(1, 2, "foo", "bar")]
    public IntOrString? IntOrStringWithEnum { get; init; }
    public NestedObject? JustNestedObject { get; init; }
    [Atomic]
    public IReadOnlyList<string>? K8sAtomicList { get; init; }
    [Length(1, 10)]
    public string? LocallyBoundedString { get; init; }
    [MinLength(3), Items(MinLength = 4)]
    public IReadOnlyList<string>? LongerStringArray { get; init; }
    public required IReadOnlyDictionary<string, byte[]> MapOfInfo { get; init; }
    [Length(1, 2)]
    public MinMaxObject? MinMaxProperties { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? NestedMap { get; init; }
    public IReadOnlyDictionary<string, ContainsNestedMap>? NestedMapInStruct { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>? NestedNestedMap { get; init; }
    [Cel("oldSelf.hasValue() || self == 0", Message = "must be set to 0 on creation. can be set to any value on an update.", OptionalOldSelf = true)]
    public int? OnlyAllowSettingOnUpdate { get; init; }
    [Pattern(@"^$|^((https):\/\/?)[^\s()<>]+(?:\([\w\d]+\)|([^[:punct:]\s]|\/?))$")]
    public required string PatternObject { get; init; }
    public IReadOnlyDictionary<string, string?>? PtrData { get; init; }
    public required string Schedule { get; init; }
    [SelectableField]
    public string? SelectableFieldString { get; init; }
    public long? StartingDeadlineSeconds { get; init; }
    [Length(2, 2)]
    public required IReadOnlyList<string> StringPair { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? StringSliceData { get; init; }
    [DisplayName("title on type")]
    public string? StringAliasWithTitle { get; init; }
    [Cel("self.size() % 2 == 0", Message = "must have even length"), Cel("true")]
    public string? StringWithEvenLength { get; init; }
    [Cel("self.size() % 2 == 0", MessageExpression = "self + ' has odd length, must be even'")]
    public string? StringWithEvenLengthAndMessageExpression { get; init; }
    [Atomic]
    public required NestedObject StructWithSeveralFields { get; init; }
    public int? SuccessfulJobsHistoryLimit { get; init; }
    public bool? Suspend { get; init; }
    [MinLength(4)]
    public required string TwoOfAKindPart0 { get; init; }
    [PreserveUnknownFields]
    public required NestedObject UnprunedJSON { get; init; }
    public int? ForbiddenInt { get; init; }
    [JsonIgnore]
    public string? InternalData { get; init; }
}

public enum ConcurrencyPolicy
{
    Allow,
    Forbid,
    Replace,
}

public sealed record AssociativeType
{
    [Key]
    public required string Name { get; init; }
    [Key]
    public required int Secondary { get; init; }
    public required string Foo { get; init; }
}

public sealed record EmpiableObject
{
    public string? Bar { get; init; }
    public string Foo { get; init; } = "forty-two";
}

public sealed record RootObject
{
    public required NestedObject Nested { get; init; }
}

public sealed record NestedObject
{
    public required string Foo { get; init; }
    public required bool Bar { get; init; }
}

public sealed record MinMaxObject
{
    public string? Foo { get; init; }
    public string? Bar { get; init; }
    public string? Baz { get; init; }
}

public sealed record ContainsNestedMap
{
    public IReadOnlyDictionary<string, string>? InnerMap { get; init; }
}

public sealed record CronJobStatus : ResourceStatus
{
    public IReadOnlyList<V1ObjectReference>? Active { get; init; }
    public DateTime? LastScheduleTime { get; init; }
    public DateTime? LastScheduleMicroTime { get; init; }
    [JsonPropertyName("lastActiveLogURL")]
    public Uri? LastActiveLogUrl { get; init; }
}
