using OperatorKit.Dispatch;

namespace OperatorKit;

/// <summary>What an attribute on a handler class or one of its methods asks for. Generated registrations list them.</summary>
/// <typeparam name="TResource">The kind handled.</typeparam>
public abstract class Hook<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    private protected Hook(Func<TResource?, TResource, bool>? when) => When = when;

    /// <summary>Decides by the object as it was and as it is whether the hook concerns it; null where it concerns all.</summary>
    internal Func<TResource?, TResource, bool>? When { get; }

    internal bool Matches(TResource? previous, TResource current) => When is null || When(previous, current);
}

/// <summary>Makes hooks. Called by generated code.</summary>
public static class Hook
{
    /// <summary>A method for one member of the spec (<see cref="OnChangeAttribute"/>).</summary>
    /// <typeparam name="TResource">The kind handled.</typeparam>
    /// <param name="name">The method's name.</param>
    /// <param name="changed">Whether the member differs between two states; the first is null where it is not known.</param>
    /// <param name="call">Calls the method; returns the status to write, or null.</param>
    /// <param name="when">Which objects it concerns. Default: all.</param>
    /// <returns>The hook.</returns>
    public static Hook<TResource> OnChange<TResource>(
        string name,
        Func<TResource?, TResource, bool> changed,
        Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
        Func<TResource?, TResource, bool>? when = null)
        where TResource : CustomResource, ICustomResource<TResource> => new FieldHook<TResource>(name, changed, call, when);

    /// <summary>A method that is called again and again (<see cref="TimerAttribute"/>).</summary>
    /// <typeparam name="TResource">The kind handled.</typeparam>
    /// <param name="name">The method's name.</param>
    /// <param name="interval">From the start of one call to the next.</param>
    /// <param name="initialDelay">From the first sight of the object to the first call.</param>
    /// <param name="idle">How long the spec must not have changed before a call.</param>
    /// <param name="call">Calls the method; returns the status to write, or null.</param>
    /// <param name="when">Which objects it concerns. Default: all.</param>
    /// <returns>The hook.</returns>
    public static Hook<TResource> Timer<TResource>(
        string name,
        TimeSpan interval,
        TimeSpan initialDelay,
        TimeSpan idle,
        Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
        Func<TResource?, TResource, bool>? when = null)
        where TResource : CustomResource, ICustomResource<TResource>
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new TimerHook<TResource>(name, new TimerSchedule(interval, initialDelay, idle), call, when);
    }

    /// <summary>A method that runs as long as the object is there (<see cref="DaemonAttribute"/>).</summary>
    /// <typeparam name="TResource">The kind handled.</typeparam>
    /// <param name="name">The method's name.</param>
    /// <param name="call">Calls the method; returns the status to write, or null.</param>
    /// <param name="when">Which objects it concerns. Default: all.</param>
    /// <returns>The hook.</returns>
    public static Hook<TResource> Daemon<TResource>(
        string name,
        Func<IResourceHandler<TResource>, ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
        Func<TResource?, TResource, bool>? when = null)
        where TResource : CustomResource, ICustomResource<TResource> => new DaemonHook<TResource>(name, call, when);

    /// <summary>Which objects some methods concern, or, with <see cref="HandlerMethods.All"/>, the whole class (<see cref="WhenAttribute"/>).</summary>
    /// <typeparam name="TResource">The kind handled.</typeparam>
    /// <param name="methods">The methods; for objects that do not match they count as not overridden.</param>
    /// <param name="when">Which objects they concern.</param>
    /// <returns>The hook.</returns>
    public static Hook<TResource> When<TResource>(HandlerMethods methods, Func<TResource?, TResource, bool> when)
        where TResource : CustomResource, ICustomResource<TResource> => new FilterHook<TResource>(methods, when);
}
