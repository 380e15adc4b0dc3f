using System.Collections.Immutable;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Registry;

/// <summary>
/// The per-kind rules of kube-apiserver's strategies: what differs between kinds once the schema has been followed.
/// The delegates are pure; they may be null where a kind has nothing to say.
/// </summary>
internal sealed record ResourceTraits
{
    /// <summary>An unremarkable built-in kind.</summary>
    public static ResourceTraits Ordinary { get; } = new();

    /// <summary>Custom resources: a resource version is needed for an update, and spec changes count.</summary>
    public static ResourceTraits CustomResource { get; } = new() { UnconditionalUpdate = false, Generation = GenerationRule.CustomResource };

    /// <summary>Whether PUT may leave out metadata.resourceVersion.</summary>
    public bool UnconditionalUpdate { get; init; } = true;

    /// <summary>Whether PUT to a missing name creates it.</summary>
    public bool CreateOnUpdate { get; init; }

    /// <summary>Whether DELETE answers with the object instead of a Status.</summary>
    public bool ReturnsObjectOnDelete { get; init; }

    /// <summary>Whether objects are only answered, never kept: reviews.</summary>
    public bool Virtual { get; init; }

    /// <summary>Finalizer-based propagation when a delete names no policy.</summary>
    public PropagationPolicy DefaultPropagation { get; init; } = PropagationPolicy.Background;

    public GenerationRule Generation { get; init; } = GenerationRule.None;

    public NameRule Names { get; init; } = NameRule.Subdomain;

    /// <summary>What of the metadata a write to <c>/status</c> may change.</summary>
    public StatusMetadataRule StatusMetadata { get; init; } = StatusMetadataRule.All;

    /// <summary>The storage of another resource of which this one is a view; null for the resource's own.</summary>
    public GroupResource? StoredAs { get; init; }

    /// <summary>Rewrites an object from the stored form to this view of it, and back; null where they are the same.</summary>
    public ViewConversion? View { get; init; }

    /// <summary>Given (object, version): the object in that version of its kind. Null where versions differ in nothing but their name.</summary>
    public Func<JsonObject, string, JsonObject>? Convert { get; init; }

    /// <summary>What a client hears that deletes without naming a propagation policy; null for nothing.</summary>
    public string? UnnamedPropagationWarning { get; init; }

    /// <summary>Fills the defaults that the schema does not carry.</summary>
    public Func<JsonObject, JsonObject>? Default { get; init; }

    /// <summary>The subresources beside status and scale that write a part of the object, by name.</summary>
    public ImmutableDictionary<string, PartialWrite> PartialWrites { get; init; } = ImmutableDictionary<string, PartialWrite>.Empty;

    /// <summary>What the kind checks of its metadata by itself on update.</summary>
    public MetadataRounds MetadataRounds { get; init; } = MetadataRounds.Update;

    /// <summary>As <see cref="MetadataRounds"/>, for a write of the status.</summary>
    public MetadataRounds StatusMetadataRounds { get; init; } = MetadataRounds.Update;

    /// <summary>Whether a finalizer needs a domain in its name, unless it is one of the standard ones.</summary>
    public bool QualifiedFinalizers { get; init; }

    /// <summary>Last changes before an object is first stored: what the client may not set is cleared.</summary>
    public Func<JsonObject, JsonObject>? PrepareForCreate { get; init; }

    /// <summary>Given (new, old): what the client may not change is taken from the old object.</summary>
    public Func<JsonObject, JsonObject, JsonObject>? PrepareForUpdate { get; init; }

    /// <summary>What begins when the object is deleted but must stay for now, beside the deletion timestamp (a namespace's phase); given the time.</summary>
    public Func<JsonObject, DateTimeOffset, JsonObject>? BeginDeletion { get; init; }

    /// <summary>Whether a deleted object has to stay for another reason than its finalizers (a namespace's spec.finalizers).</summary>
    public Func<JsonObject, bool>? StaysWhenDeleted { get; init; }

    /// <summary>Given (object, seconds the client asked for or null): how many seconds the object may take to end. Null for at once, without grace.</summary>
    public Func<JsonObject, long?, long>? GracePeriod { get; init; }

    /// <summary>Given (new, old on update or null): the rules of the kind beyond schema and metadata.</summary>
    public Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? Validate { get; init; }

    /// <summary>Given (new, old): the rules for a write of the status alone; null where it is judged as any other.</summary>
    public Func<JsonObject, JsonObject, IEnumerable<FieldError>>? ValidateStatus { get; init; }

    /// <summary>Warnings for the client about an object that is valid all the same: (new, old on update or null).</summary>
    public Func<JsonObject, JsonObject?, IEnumerable<string>>? Warn { get; init; }

    /// <summary>The value that a field selector sees where it is not simply the value at the path; null falls back to the path.</summary>
    public Func<JsonObject, string, string?>? SelectableField { get; init; }

    /// <summary>What a client hears that selects by a field of the kind that cannot be selected by; null for the usual words.</summary>
    public Func<string, string>? UnselectableField { get; init; }
}

internal sealed record ViewConversion(Func<JsonObject, JsonObject> FromStorage, Func<JsonObject, JsonObject> ToStorage);

internal enum GenerationRule
{
    /// <summary>metadata.generation is left as the client wrote it.</summary>
    None,

    /// <summary>1 on create, and so it stays (PriorityClass).</summary>
    First,

    /// <summary>1 on create, then one more whenever spec changes.</summary>
    Spec,

    /// <summary>As <see cref="Spec"/>, and annotations count (Deployment).</summary>
    SpecOrAnnotations,

    /// <summary>Anything outside metadata, and outside status where the status subresource is on.</summary>
    CustomResource,

    /// <summary>Everything outside metadata and status, for kinds without a spec (webhook configurations).</summary>
    Content,

    /// <summary>As <see cref="Content"/>, and labels count (EndpointSlice).</summary>
    ContentOrLabels,
}

internal enum NameRule
{
    /// <summary>RFC 1123 subdomain, at most 253 characters.</summary>
    Subdomain,

    /// <summary>RFC 1123 label, at most 63 characters.</summary>
    Label,

    /// <summary>RFC 1035 label: begins with a letter, at most 63 characters.</summary>
    Label1035,

    /// <summary>Anything that can stand as one segment of a path (RBAC).</summary>
    PathSegment,
}

internal enum StatusMetadataRule
{
    /// <summary>Everything but what is immutable.</summary>
    All,

    /// <summary>Nothing: custom resources.</summary>
    Nothing,

    /// <summary>Labels stay as stored: Deployment.</summary>
    KeepLabels,

    /// <summary>Owner references stay as stored: Pod.</summary>
    KeepOwnerReferences,
}

internal enum PropagationPolicy
{
    Background,
    Foreground,
    Orphan,
}
