using OperatorKit.Dispatch;

namespace OperatorKit;

/// <summary>One run of a handler for one object: what the runtime knows and offers. Generated contexts wrap it.</summary>
/// <typeparam name="TResource">The kind handled.</typeparam>
public sealed class ReconcileScope<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    internal ReconcileScope(TResource resource, TResource? previous, HandlerMethods method, HandlerRun run)
    {
        Resource = resource;
        Previous = previous;
        Method = method;
        Run = run;
    }

    /// <summary>The object as the cache has it.</summary>
    public TResource Resource { get; }

    /// <summary>The object as it was when it was last dealt with by this process; null where that is not known.</summary>
    public TResource? Previous { get; }

    /// <summary>The handler method to call.</summary>
    public HandlerMethods Method { get; }

    internal HandlerRun Run { get; }
}
