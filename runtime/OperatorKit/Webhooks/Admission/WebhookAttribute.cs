namespace OperatorKit;

/// <summary>
/// Changes what the API server asks an <see cref="AdmissionWebhook{T}"/> and how. On the class it holds for both methods, on
/// an override for that method alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
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

    /// <summary>
    /// A label selector, as in <c>team=web,env in (test,live),!paused</c>: objects of other namespaces are not asked about. Of a webhook for
    /// namespaces their own labels count. Default: all namespaces.
    /// </summary>
    public string? NamespaceSelector { get; init; }

    /// <summary>
    /// A label selector: a request is not asked about where neither the object nor the old one has such labels. Default: all objects. Who may
    /// write an object may set its labels, so that this is no fence.
    /// </summary>
    public string? ObjectSelector { get; init; }
}

/// <summary>
/// A condition in CEL on the requests that an <see cref="AdmissionWebhook{T}"/> is asked about: the API server tells by it, without a call. On the class it
/// holds for both methods, on an override for that method; several must all hold.
/// </summary>
/// <param name="name">What the API server calls the condition where it fails, as in <c>exclude-leases</c>.</param>
/// <param name="expression">An expression on <c>object</c>, <c>oldObject</c>, <c>request</c> and <c>authorizer</c>, as in <c>!('system:nodes' in request.userInfo.groups)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class MatchConditionAttribute(string name, string expression) : Attribute
{
    /// <summary>What the API server calls the condition.</summary>
    public string Name => name;

    /// <summary>The expression.</summary>
    public string Expression => expression;
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
