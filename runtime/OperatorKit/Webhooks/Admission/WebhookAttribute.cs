namespace OperatorKit;

/// <summary>
/// Changes what the API server asks an <see cref="AdmissionWebhook{T}"/> and how. On the class it holds for both methods, on
/// an override for that method alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class WebhookAttribute : Attribute
{
    /// <summary>What the webhook is asked about. Default: create and update.</summary>
    public AdmissionOperations Operations { get; init; } = AdmissionOperations.Create | AdmissionOperations.Update;

    /// <summary>What becomes of a request when the webhook fails or cannot be reached. Default: it is refused.</summary>
    public FailurePolicy FailurePolicy { get; init; } = FailurePolicy.Fail;

    /// <summary>Whether requests for other versions of the kind are asked about too, converted. Default: they are.</summary>
    public MatchPolicy MatchPolicy { get; init; } = MatchPolicy.Equivalent;

    /// <summary>Whether the webhook changes anything outside the object that it is asked about. Default: no.</summary>
    public SideEffects SideEffects { get; init; } = SideEffects.None;

    /// <summary>How many seconds the API server waits for the answer, from 1 to 30. Default: 10.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Whether <c>MutateAsync</c> is called again when later webhooks have changed the object. Default: false.</summary>
    public bool Reinvoke { get; init; }

    /// <summary>Subresources that are asked about besides the object itself, as in <c>status</c>. Default: none.</summary>
    public string[] Subresources { get; init; } = [];
}

/// <summary>What becomes of a request when its webhook fails.</summary>
public enum FailurePolicy
{
    /// <summary>It is refused.</summary>
    Fail,

    /// <summary>It goes on as if there were no webhook.</summary>
    Ignore,
}

/// <summary>Which versions of a kind a webhook is asked about.</summary>
public enum MatchPolicy
{
    /// <summary>All; objects come converted to the version of the webhook's type.</summary>
    Equivalent,

    /// <summary>Only the version of the webhook's type.</summary>
    Exact,
}

/// <summary>Whether a webhook changes anything but the object.</summary>
public enum SideEffects
{
    /// <summary>No.</summary>
    None,

    /// <summary>Yes, but not on a dry run, which it looks at.</summary>
    NoneOnDryRun,
}
