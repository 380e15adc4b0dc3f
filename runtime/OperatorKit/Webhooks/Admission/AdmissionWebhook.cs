namespace OperatorKit;

/// <summary>
/// Checks or completes objects of a kind before the API server stores them. Derive from it and override what you need: the API server
/// calls only what is overridden. Every replica serves it, whether it leads or not. <see cref="WebhookAttribute"/> changes what is asked and how.
/// </summary>
/// <typeparam name="T">The kind: one of yours, or any other, as in <c>V1Pod</c>.</typeparam>
public abstract class AdmissionWebhook<T>
    where T : class, IKubernetesResource<T>
{
    /// <summary>Says whether a request may go on. Comes after all mutating webhooks and after the schema's validation.</summary>
    /// <param name="resource">The object as it would be stored; for a delete, as it is.</param>
    /// <param name="request">What is done, by whom, and the object before.</param>
    /// <param name="cancellationToken">Cancelled when the API server waits no longer.</param>
    /// <returns>The result. Default: allowed.</returns>
    public virtual Task<AdmissionResult> ValidateAsync(T resource, AdmissionRequest<T> request, CancellationToken cancellationToken) =>
        Task.FromResult(AdmissionResult.Allowed);

    /// <summary>
    /// Completes an object, as in <c>resource with { Spec = ... }</c>. Only what differs is changed; members that the type does not know stay.
    /// Must give the same when it is asked again with its own answer. Not called for a delete.
    /// </summary>
    /// <param name="resource">The object as it was sent, with the defaults of its schema.</param>
    /// <param name="request">What is done, by whom, and the object before.</param>
    /// <param name="cancellationToken">Cancelled when the API server waits no longer.</param>
    /// <returns>The object as it should be; the same one to change nothing.</returns>
    public virtual Task<T> MutateAsync(T resource, AdmissionRequest<T> request, CancellationToken cancellationToken) =>
        Task.FromResult(resource);
}
