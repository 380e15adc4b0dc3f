using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OperatorKit;
using OperatorKit.Models;

// The cronjob types of controller-tools' test data (pkg/crd/testdata/cronjob_types.go, unserved, deprecated), said in C#.
namespace Parity.V1
{
    [KubernetesResource("testdata.kubebuilder.io", "v1", Singular = "mycronjob")]
    [DefinitionAnnotation("api-approved.kubernetes.io", "https://github.com/kubernetes-sigs/controller-tools")]
    [DefinitionAnnotation("cert-manager.io/inject-ca-from-secret", "cert-manager/cert-manager-webhook-ca")]
    public sealed partial record CronJob : CustomResource<CronJobSpec, CronJobStatus>;

    [Cel("has(oldSelf.forbiddenInt) || !has(self.forbiddenInt)", Message = "forbiddenInt is not allowed", Reason = CelReason.FieldValueForbidden, FieldPath = ".forbiddenInt")]
    public sealed record CronJobSpec : Embedded
    {
        public required string Schedule { get; init; }
        public long? StartingDeadlineSeconds { get; init; }
        public ConcurrencyPolicy? ConcurrencyPolicy { get; init; }
        public ConcurrencyPolicy? K8sConcurrencyPolicy { get; init; }
        public bool? Suspend { get; init; }
        [JsonIgnore]
        public string? InternalData { get; init; }
        public string? NoReallySuspend { get; init; }
        public required byte[] BinaryName { get; init; }
        [NullableValue]
        public required string CanBeNull { get; init; }
        public required V1JobTemplateSpec JobTemplate { get; init; }
        public int? SuccessfulJobsHistoryLimit { get; init; }
        public int? FailedJobsHistoryLimit { get; init; }
        public IReadOnlyDictionary<string, byte[]>? ByteSliceData { get; init; }
        public IReadOnlyDictionary<string, IReadOnlyList<string>>? StringSliceData { get; init; }
        public IReadOnlyDictionary<string, string?>? PtrData { get; init; }
        [MinLength(4)]
        public required string TwoOfAKindPart0 { get; init; }
        [MinLength(4)]
        public required string TwoOfAKindPart1 { get; init; }

        /// <example>forty-two</example>
        [DisplayName("DefaultedString")]
        public string DefaultedString { get; init; } = "forty-two";

        /// <example>[a, b]</example>
        [DisplayName("DefaultedSlice")]
        public IReadOnlyList<string> DefaultedSlice { get; init; } = ["a", "b"];

        /// <example>[{nested: {foo: "baz", bar: true}}, {nested: {foo: "qux", bar: false}}]</example>
        [DisplayName("124")]
        public IReadOnlyList<RootObject> DefaultedObject { get; init; } =
        [
            new() { Nested = new() { Foo = "baz", Bar = true } },
            new() { Nested = new() { Foo = "qux", Bar = false } },
        ];

        [DisplayName("{}")]
        public IReadOnlyList<string> DefaultedEmptySlice { get; init; } = [];
        public IReadOnlyDictionary<string, string> DefaultedEmptyMap { get; init; } = new Dictionary<string, string>();
        public EmpiableObject DefaultedEmptyObject { get; init; } = new();
        public string DoubleDefaultedString { get; init; } = "kubebuilder-default";
        public string KubernetesDefaultedString { get; init; } = "forty-two";
        public IReadOnlyList<string> KubernetesDefaultedSlice { get; init; } = ["a", "b"];
        public IReadOnlyList<RootObject> KubernetesDefaultedObject { get; init; } =
        [
            new() { Nested = new() { Foo = "baz", Bar = true } },
            new() { Nested = new() { Foo = "qux", Bar = false } },
        ];
        public IReadOnlyList<string> KubernetesDefaultedEmptySlice { get; init; } = [];
        public IReadOnlyDictionary<string, string> KubernetesDefaultedEmptyMap { get; init; } = new Dictionary<string, string>();
        public EmpiableObject KubernetesDefaultedEmptyObject { get; init; } = new();
        public string? KubernetesDefaultedRef { get; init; }
        [Pattern(@"^$|^((https):\/\/?)[^\s()<>]+(?:\([\w\d]+\)|([^[:punct:]\s]|\/?))$")]
        public required string PatternObject { get; init; }
        [EmbeddedResource]
        public required JsonObject EmbeddedResource { get; init; }
        [PreserveUnknownFields]
        public required NestedObject UnprunedJSON { get; init; }
        [EmbeddedResource]
        public required JsonObject UnprunedEmbeddedResource { get; init; }
        [JsonPropertyName("unprunedFomType")]
        public required Preserved UnprunedFromType { get; init; }
        [JsonPropertyName("unprunedFomTypeAndField"), PreserveUnknownFields]
        public required Preserved UnprunedFromTypeAndField { get; init; }
        public required IReadOnlyList<AssociativeType> AssociativeList { get; init; }
        public required IReadOnlyList<NamedType> K8sAssociativeList { get; init; }
        public IReadOnlySet<string>? K8sSetList { get; init; }
        [Atomic]
        public IReadOnlyList<string>? K8sAtomicList { get; init; }
        [JsonPropertyName("nestedassociativeList")]
        public required IReadOnlyList<AssociativeType> NestedAssociativeList { get; init; }
        public required IReadOnlyList<AssociativeType> K8sNestedAssociativeList { get; init; }
        public required IReadOnlyDictionary<string, byte[]> MapOfInfo { get; init; }
        public required IReadOnlyDictionary<string, byte[]> NestedMapOfInfo { get; init; }
        [Atomic]
        public required NestedObject StructWithSeveralFields { get; init; }
        [Atomic]
        public required NestedObject NestedStructWithSeveralFields { get; init; }
        [Atomic]
        public required NestedObject NestedStructWithSeveralFieldsDoubleMarked { get; init; }
        public NestedObject? JustNestedObject { get; init; }
        public string? ExplicitlyOptionalKubebuilder { get; init; }
        public string? ExplicitlyOptionalKubernetes { get; init; }
        public string? ExplicitlyOptionalK8s { get; init; }
        public required string ExplicitlyRequiredKubebuilder { get; init; }
        public required string ExplicitlyRequiredKubernetes { get; init; }
        public required string ExplicitlyRequiredK8s { get; init; }
        [Length(1, 2)]
        public MinMaxObject? MinMaxProperties { get; init; }
        public string? Schemaless { get; init; }
        [Pattern("^((100|[0-9]{1,2})%|[0-9]+)$"), Length(2, 11)]
        public IntOrString? IntOrStringWithAPattern { get; init; }
        [AllowedValues(1, 2, "foo", "bar")]
        public IntOrString? IntOrStringWithEnum { get; init; }
        public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? NestedMap { get; init; }
        public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>? NestedNestedMap { get; init; }
        [JsonPropertyName("nestedMapInStruct")]
        public IReadOnlyDictionary<string, ContainsNestedMap>? ContainsNestedMapMap { get; init; }
        public IReadOnlyDictionary<string, IReadOnlyList<bool>>? MapOfArraysOfFloats { get; init; }
        public IReadOnlyDictionary<string, string>? MapOfTextMarshalerKeys { get; init; }
#pragma warning disable OPK0016
        [Range(-0.5, 1.5), MultipleOf(0.5)]
        public required double FloatWithValidations { get; init; }
        [Range(-0.5, 1.5), MultipleOf(0.5)]
        public required double Float64WithValidations { get; init; }
#pragma warning restore OPK0016
        [Range(-2, 2), MultipleOf(2)]
        public required int IntWithValidations { get; init; }
        [Range(-2, 2), MultipleOf(2)]
        public required int Int32WithValidations { get; init; }
        public required string Foo { get; init; }
        public required string Baz { get; init; }
        [Cel("self.size() % 2 == 0", Message = "must have even length"), Cel("true")]
        public string? StringWithEvenLength { get; init; }
        [Cel("self.size() % 2 == 0", MessageExpression = "self + ' has odd length, must be even'")]
        public string? StringWithEvenLengthAndMessageExpression { get; init; }
        [Cel("self.startsWith('good-')", Message = "must have good prefix"), Cel("self.size() % 2 == 0", Message = "must have even length")]
        public string? StringWithEvenLengthAndGoodPrefix { get; init; }
        public int? ForbiddenInt { get; init; }
        public IReadOnlyList<int>? Array { get; init; }
        public IReadOnlyList<string>? ArrayUsingCompositeLiteral { get; init; }
        [MinLength(1), Items(MinLength = 1, MaxLength = 255, Pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
        public IReadOnlySet<string>? Hosts { get; init; }
        [Items(Allowed = [0, 1, 3])]
        public IReadOnlyList<int>? EnumSlice { get; init; }
        [MinLength(1), Items(MinLength = 1, MaxLength = 255, Pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
        public IReadOnlySet<string>? HostsAlias { get; init; }
        public string? AliasFromPackage { get; init; }
        public string? StringAlias { get; init; }
        public string? StringAliasPtr { get; init; }
        [Length(1, 255)]
        public string? StringAliasAddedValidation { get; init; }
        [Length(1, 255)]
        public string? StringAliasAlreadyValidated { get; init; }
        [DisplayName("title on field")]
        public string? StringAliasWithAddedTitle { get; init; }
        [DisplayName("title on type")]
        public string? StringAliasWithTitle { get; init; }
        [Length(2, 2)]
        public required IReadOnlyList<string> StringPair { get; init; }
        [MinLength(3), Items(MinLength = 4)]
        public IReadOnlyList<string>? LongerStringArray { get; init; }
        [Items(MinLength = 1, MaxLength = 10, Pattern = "^((100|[0-9]{1,2})%|[0-9]+)$")]
        public IReadOnlyList<IntOrString>? IntOrStringArrayWithAPattern { get; init; }
        [Items(MinLength = 1, MaxLength = 3, Allowed = [1, 2, "foo", "bar"])]
        public IReadOnlyList<IntOrString>? IntOrStringWithEnumSlice { get; init; }
        public string Protocol { get; init; } = "TCP";
        [SelectableField]
        public string? SelectableFieldString { get; init; }
        [Cel("oldSelf.hasValue() || self == 0", Message = "must be set to 0 on creation. can be set to any value on an update.", OptionalOldSelf = true)]
        public int? OnlyAllowSettingOnUpdate { get; init; }
        [Range(1, 10)]
        public int? LocallyBoundedInteger { get; init; }
        [Length(1, 10)]
        public string? LocallyBoundedString { get; init; }
        [Length(10, 10)]
        public string? FieldLevelAliasOverride { get; init; }
        [Length(10, 10)]
        public string? FieldLevelLocalDeclarationOverride { get; init; }
    }

    public enum ConcurrencyPolicy
    {
        Allow,
        Forbid,
        Replace,
    }

    public abstract record Embedded
    {
        public string? FromEmbedded { get; init; }
        public string? FromPointer { get; init; }
    }

    [PreserveUnknownFields]
    public sealed record Preserved
    {
        public required string ConcreteField { get; init; }
    }

    public sealed record AssociativeType
    {
        [Key]
        public required string Name { get; init; }
        [Key]
        public required int Secondary { get; init; }
        public required string Foo { get; init; }
    }

    public sealed record NamedType
    {
        [Key]
        public required string Name { get; init; }
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
        public long? LastScheduleTime2 { get; init; }
        public DateTime? LastScheduleMicroTime { get; init; }
        [JsonPropertyName("lastActiveLogURL")]
        public Uri? LastActiveLogUrl { get; init; }
        [JsonPropertyName("lastActiveLogURL2")]
        public Uri? LastActiveLogUrl2 { get; init; }
        [JsonPropertyName("lastActiveLogURL3")]
        public Uri? LastActiveLogUrl3 { get; init; }
        [JsonPropertyName("lastActiveLogURL4")]
        public Uri? LastActiveLogUrl4 { get; init; }
        public Runtime? Duration { get; init; }
    }

    public sealed record Runtime
    {
        public required long Value { get; init; }
    }
}

namespace Parity.V1Beta1
{
    [KubernetesResource("testdata.kubebuilder.io", "v1beta1", Singular = "mycronjob", Served = false, Storage = false)]
    public sealed partial record CronJob : CustomResource<CronJobSpec, CronJobStatus>;

    public sealed record CronJobSpec
    {
        [MinLength(4)]
        public required string TwoOfAKindPart0 { get; init; }
        [Range(-2, 2), MultipleOf(2)]
        public required int Int32WithValidations { get; init; }
    }

    public sealed record CronJobStatus : ResourceStatus;
}

namespace Parity.V1Beta2
{
    [Obsolete("use v1 instead, this version causes your data center to catch fire when used on Tuesdays")]
    [KubernetesResource("testdata.kubebuilder.io", "v1beta2", Singular = "mycronjob", Storage = false)]
    public sealed partial record CronJob : CustomResource<CronJobSpec, CronJobStatus>;

    public sealed record CronJobSpec;

    public sealed record CronJobStatus : ResourceStatus;
}
