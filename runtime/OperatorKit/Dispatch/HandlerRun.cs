using Microsoft.Extensions.Logging;

namespace OperatorKit.Dispatch;

/// <summary>What a <see cref="ReconcileContext{TResource}"/> offers for one run, whatever the kind of the object.</summary>
internal abstract class HandlerRun(string reconcileId, ILogger logger)
{
    public string ReconcileId { get; } = reconcileId;

    public ILogger Logger { get; } = logger;

    public abstract Task<TChild> ApplyAsync<TChild>(TChild child, CancellationToken cancellationToken)
        where TChild : class, IKubernetesResource<TChild>;

    public abstract Task DeleteAsync<TChild>(string name, CancellationToken cancellationToken)
        where TChild : class, IKubernetesResource<TChild>;

    public abstract TChild? Owned<TChild>(string name)
        where TChild : class, IKubernetesResource<TChild>;

    public abstract IReadOnlyList<TChild> Owned<TChild>()
        where TChild : class, IKubernetesResource<TChild>;

    public abstract void Event(EventType type, string reason, string message);

    public abstract void RequeueAfter(TimeSpan delay);
}
