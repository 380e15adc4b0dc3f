using Microsoft.Extensions.Logging;
using OperatorKit.Client;

namespace OperatorKit;

/// <summary>
/// What a handler can do for its object. Generated contexts derive from it, one a kind. It serves one run: after the
/// run has ended, timed out or lost leadership, writes through it are refused.
/// </summary>
/// <typeparam name="TResource">The kind handled.</typeparam>
public abstract class ReconcileContext<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    private readonly ReconcileScope<TResource> _scope;

    /// <summary>Wraps one run.</summary>
    /// <param name="scope">The run.</param>
    protected ReconcileContext(ReconcileScope<TResource> scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
    }

    /// <summary>The object that is handled, as the cache has it.</summary>
    public TResource Resource => _scope.Resource;

    /// <summary>
    /// Access to the whole cluster, for what this class does not offer. Like the context it serves one run: requests after the run has ended,
    /// timed out or lost leadership are refused with an <see cref="OperationCanceledException"/>.
    /// </summary>
    public KubernetesClient Client => _scope.Run.Client;

    /// <summary>A logger whose entries carry the object and <see cref="ReconcileId"/>.</summary>
    public ILogger Logger => _scope.Run.Logger;

    /// <summary>The operator's clock, which tests and simulations move. To wait is for <see cref="RequeueAfter"/>, and in daemons for <see cref="DelayAsync"/>.</summary>
    public TimeProvider Time => _scope.Run.Time;

    /// <summary>Identifies this run in logs.</summary>
    public string ReconcileId => _scope.Run.ReconcileId;

    /// <summary>
    /// Makes a child what it should be: server-side apply with the object as controller owner, in the object's namespace.
    /// Members that are left out stay as they are. No request is sent where the last apply by this process was the same
    /// and the cache shows that it still holds.
    /// </summary>
    /// <typeparam name="TChild">A kind that the operator owns (<see cref="OwnsAttribute{T}"/>), or any other, which costs a request each time.</typeparam>
    /// <param name="child">The child with its name and all that the operator wants to decide about it.</param>
    /// <param name="cancellationToken">Cancels the request. Default: ends with the run.</param>
    /// <returns>The child as the server has it.</returns>
    /// <exception cref="ArgumentException">The child has no name, or is in another namespace than its owner.</exception>
    /// <exception cref="InvalidOperationException">There is a child of this name that belongs to another object.</exception>
    public Task<TChild> ApplyAsync<TChild>(TChild child, CancellationToken cancellationToken = default)
        where TChild : class, IKubernetesResource<TChild> => _scope.Run.ApplyAsync(child, cancellationToken);

    /// <summary>Deletes a child of the object; one that does not exist is fine.</summary>
    /// <typeparam name="TChild">The kind of the child.</typeparam>
    /// <param name="name">The child's name, in the object's namespace.</param>
    /// <param name="cancellationToken">Cancels the request. Default: ends with the run.</param>
    public Task DeleteAsync<TChild>(string name, CancellationToken cancellationToken = default)
        where TChild : class, IKubernetesResource<TChild> => _scope.Run.DeleteAsync<TChild>(name, cancellationToken);

    /// <summary>
    /// Deletes the children of a kind that this run has not applied: call it last, after an <see cref="ApplyAsync"/> for each child that is wanted.
    /// </summary>
    /// <typeparam name="TChild">A kind that the operator owns (<see cref="OwnsAttribute{T}"/>).</typeparam>
    /// <param name="cancellationToken">Cancels the requests. Default: ends with the run.</param>
    /// <exception cref="InvalidOperationException">The operator does not own the kind.</exception>
    public Task PruneAsync<TChild>(CancellationToken cancellationToken = default)
        where TChild : class, IKubernetesResource<TChild> => _scope.Run.PruneAsync<TChild>(cancellationToken);

    /// <summary>A child of the object from the cache, own writes included.</summary>
    /// <typeparam name="TChild">A kind that the operator owns (<see cref="OwnsAttribute{T}"/>).</typeparam>
    /// <param name="name">The child's name.</param>
    /// <returns>The child; null where there is none or it belongs to something else.</returns>
    /// <exception cref="InvalidOperationException">The operator does not own the kind.</exception>
    public TChild? Owned<TChild>(string name)
        where TChild : class, IKubernetesResource<TChild> => _scope.Run.Owned<TChild>(name);

    /// <summary>All children of a kind from the cache, own writes included, by name.</summary>
    /// <typeparam name="TChild">A kind that the operator owns (<see cref="OwnsAttribute{T}"/>).</typeparam>
    /// <returns>The children.</returns>
    /// <exception cref="InvalidOperationException">The operator does not own the kind.</exception>
    public IReadOnlyList<TChild> Owned<TChild>()
        where TChild : class, IKubernetesResource<TChild> => _scope.Run.Owned<TChild>();

    /// <summary>Any object of a kind that the operator watches, from the cache.</summary>
    /// <typeparam name="T">A kind that the operator owns (<see cref="OwnsAttribute{T}"/>) or watches (<see cref="ControllerOptions.Watch"/>).</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="namespace">Its namespace. Default: the object's.</param>
    /// <returns>The object; null where there is none.</returns>
    /// <exception cref="InvalidOperationException">The operator does not watch the kind.</exception>
    public T? Cached<T>(string name, string? @namespace = null)
        where T : class, IKubernetesResource<T> => _scope.Run.Cached<T>(name, @namespace);

    /// <summary>The objects of a kind that have a key in an index, from the cache, by namespace and name.</summary>
    /// <typeparam name="T">A kind that the operator handles, owns (<see cref="OwnsAttribute{T}"/>) or watches (<see cref="ControllerOptions.Watch"/>).</typeparam>
    /// <param name="index">The index, added with <see cref="ControllerOptions.Cache"/>.</param>
    /// <param name="key">The key.</param>
    /// <returns>The objects.</returns>
    /// <exception cref="InvalidOperationException">The operator does not watch the kind, or has no such index of it.</exception>
    public IReadOnlyList<T> Indexed<T>(CacheIndex<T> index, string key)
        where T : class, IKubernetesResource<T> => _scope.Run.Indexed(index, key);

    /// <summary>Tells a user of the object something: <c>kubectl describe</c> shows it. Repetitions are counted, not repeated.</summary>
    /// <param name="type">Normal or warning.</param>
    /// <param name="reason">Why, as one CamelCase word.</param>
    /// <param name="message">What happened, for people.</param>
    public void Event(EventType type, string reason, string message) => _scope.Run.Event(type, reason, message);

    /// <summary>Asks for another run after some time, even if nothing changes. The shortest wait asked for counts.</summary>
    /// <param name="delay">How long to wait; above zero.</param>
    public void RequeueAfter(TimeSpan delay) => _scope.Run.RequeueAfter(delay);

    /// <summary>Waits by the operator's clock, which tests and simulations move; ends at once when the run is over or cancelled. For daemons: other methods do better to return and ask for another run.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the time is over.</returns>
    /// <exception cref="OperationCanceledException">The run is over or cancelled.</exception>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken = default) => _scope.Run.DelayAsync(delay, cancellationToken);
}
