namespace OperatorKit;

/// <summary>What the runtime calls. The generated <c>{Kind}Handler</c> implements it and hands on to the typed methods.</summary>
/// <typeparam name="TResource">The kind handled.</typeparam>
public interface IResourceHandler<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    /// <summary>Deals with an object that is wanted.</summary>
    /// <param name="scope">The object, what <see cref="ReconcileScope{TResource}.Method"/> to call, and access to the cluster.</param>
    /// <param name="cancellationToken">Cancelled on time-out, on shutdown and when leadership is lost.</param>
    /// <returns>The status to write; null leaves it as it is.</returns>
    Task<ResourceStatus?> ReconcileAsync(ReconcileScope<TResource> scope, CancellationToken cancellationToken);

    /// <summary>Cleans up for an object that is being deleted; when it returns, the finalizer is removed.</summary>
    /// <param name="scope">The object and access to the cluster.</param>
    /// <param name="cancellationToken">Cancelled on time-out, on shutdown and when leadership is lost.</param>
    Task DeleteAsync(ReconcileScope<TResource> scope, CancellationToken cancellationToken);
}

/// <summary>The methods of a handler that a user can override; the generator tells the runtime which are.</summary>
[Flags]
public enum HandlerMethods
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>OnCreateAsync</c>: the operator meets the object for the first time.</summary>
    Create = 1,

    /// <summary><c>OnUpdateAsync</c>: the spec has changed since it was dealt with last.</summary>
    Update = 2,

    /// <summary><c>OnReconcileAsync</c>: anything else: a child changed, the operator started, a requeue came due.</summary>
    Reconcile = 4,

    /// <summary><c>OnDeleteAsync</c>: the object is being deleted. Only with it is there a finalizer.</summary>
    Delete = 8,

    /// <summary><c>OnResumeAsync</c>: the operator has started and meets an object that was dealt with before and has not changed since.</summary>
    Resume = 16,

    /// <summary>All of them.</summary>
    All = Create | Update | Reconcile | Delete | Resume,
}
