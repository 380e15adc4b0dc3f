namespace OperatorKit.Dispatch;

/// <summary>A hook that calls a method.</summary>
internal abstract class CallHook<TResource>(
    string name,
    Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
    Func<TResource?, TResource, bool>? when)
    : Hook<TResource>(when)
    where TResource : CustomResource, ICustomResource<TResource>
{
    public string Name => name;

    public Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> Call => call;

    /// <summary>Whether the method has a part in an object as it is now.</summary>
    public bool Serves(TResource current) => current.Metadata.DeletionTimestamp is null && Matches(null, current);
}

internal sealed class FieldHook<TResource>(
    string name,
    Func<TResource?, TResource, bool> changed,
    Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
    Func<TResource?, TResource, bool>? when)
    : CallHook<TResource>(name, call, when)
    where TResource : CustomResource, ICustomResource<TResource>
{
    public Func<TResource?, TResource, bool> Changed => changed;
}

internal sealed class TimerHook<TResource>(
    string name,
    TimerSchedule schedule,
    Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
    Func<TResource?, TResource, bool>? when)
    : CallHook<TResource>(name, call, when)
    where TResource : CustomResource, ICustomResource<TResource>
{
    public TimerSchedule Schedule => schedule;
}

internal sealed class DaemonHook<TResource>(
    string name,
    Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
    Func<TResource?, TResource, bool>? when)
    : CallHook<TResource>(name, call, when)
    where TResource : CustomResource, ICustomResource<TResource>;

internal sealed class FilterHook<TResource>(HandlerMethods methods, Func<TResource?, TResource, bool> when) : Hook<TResource>(when)
    where TResource : CustomResource, ICustomResource<TResource>
{
    public HandlerMethods Methods => methods;
}

/// <summary>The hooks of a controller, sorted.</summary>
/// <param name="hooks">The hooks.</param>
/// <param name="target">The handler whose methods they call.</param>
internal sealed class HookSet<TResource>(IReadOnlyList<Hook<TResource>> hooks, IResourceHandler<TResource> target)
    where TResource : CustomResource, ICustomResource<TResource>
{
    private readonly FilterHook<TResource>[] _filters = [.. hooks.OfType<FilterHook<TResource>>()];

    public IResourceHandler<TResource> Target => target;

    public FieldHook<TResource>[] Fields { get; } = [.. hooks.OfType<FieldHook<TResource>>()];

    public TimerHook<TResource>[] Timers { get; } = [.. hooks.OfType<TimerHook<TResource>>()];

    public DaemonHook<TResource>[] Daemons { get; } = [.. hooks.OfType<DaemonHook<TResource>>()];

    /// <summary>Whether the controller has a part in an object.</summary>
    public bool Serves(TResource? previous, TResource current) =>
        Array.TrueForAll(_filters, filter => filter.Methods != HandlerMethods.All || filter.Matches(previous, current));

    /// <summary>Which of the overridden methods concern an object.</summary>
    public HandlerMethods Methods(HandlerMethods overridden, TResource? previous, TResource current)
    {
        foreach (var filter in _filters)
        {
            if (filter.Methods != HandlerMethods.All && !filter.Matches(previous, current))
                overridden &= ~filter.Methods;
        }

        return overridden;
    }
}
