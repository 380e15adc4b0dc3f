namespace OperatorKit;

/// <summary>
/// What an admission webhook is asked
/// (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request).
/// </summary>
/// <typeparam name="T">The kind.</typeparam>
public sealed record AdmissionRequest<T>
    where T : class, IKubernetesResource<T>
{
    /// <summary>What is done: exactly one of the flags.</summary>
    public required AdmissionOperations Operation { get; init; }

    /// <summary>The object before an update or a delete; null for a create.</summary>
    public T? Old { get; init; }

    /// <summary>Who does it.</summary>
    public required AdmissionUser User { get; init; }

    /// <summary>Whether nothing will be stored: the webhook must leave no trace either. Default: false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The object's name; empty while the server has not made one up yet.</summary>
    public string Name { get; init; } = "";

    /// <summary>The object's namespace; null for a kind of the cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>The subresource that is written, as in <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Identifies this request in the audit log.</summary>
    public string Uid { get; init; } = "";
}
