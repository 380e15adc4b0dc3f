using OperatorKit.Conditions;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>What a <see cref="Reconciler{TResource}"/> works with.</summary>
internal sealed record ReconcilerParts<TResource>(
    IResourceHandler<TResource> Handler,
    HookSet<TResource> Hooks,
    KindCache<TResource> Cache,
    HandlerCalls<TResource> Calls,
    StatusWriter<TResource> Status,
    ConflictRetry<TResource> Retry,
    Timers<TResource> Timers,
    Daemons<TResource> Daemons,
    ControllerMetrics Metrics,
    TimeProvider Time)
    where TResource : CustomResource, ICustomResource<TResource>;
