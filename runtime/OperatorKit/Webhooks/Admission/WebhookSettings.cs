using System.ComponentModel;

namespace OperatorKit;

/// <summary>What one method of an <see cref="AdmissionWebhook{T}"/> is asked and how, as its <see cref="WebhookAttribute"/> says. Made by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record WebhookSettings
{
    /// <summary>What the webhook is asked about. Default: create and update.</summary>
    public AdmissionOperations Operations { get; init; } = AdmissionOperations.Create | AdmissionOperations.Update;

    /// <summary>What becomes of a request when the webhook fails. Default: it is refused.</summary>
    public FailurePolicy FailurePolicy { get; init; } = FailurePolicy.Fail;

    /// <summary>Whether requests for other versions are asked about too. Default: they are.</summary>
    public MatchPolicy MatchPolicy { get; init; } = MatchPolicy.Equivalent;

    /// <summary>Whether the webhook changes anything else. Default: no.</summary>
    public SideEffects SideEffects { get; init; } = SideEffects.None;

    /// <summary>How many seconds the API server waits. Default: 10.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Whether a mutating webhook is asked again after others. Default: false.</summary>
    public bool Reinvoke { get; init; }

    /// <summary>Subresources besides the object itself. Default: none.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>The labels of namespaces whose objects are asked about: a LabelSelector as JSON. Default: any.</summary>
    public string? NamespaceSelector { get; init; }

    /// <summary>The labels of objects that are asked about: a LabelSelector as JSON. Default: any.</summary>
    public string? ObjectSelector { get; init; }

    /// <summary>CEL conditions by name, all of which a request must meet. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MatchConditions { get; init; } = [];
}
