namespace OperatorKit;

/// <summary>
/// Has a method of a handler class called when one member of the spec has changed since that method succeeded last, and when the object is new. Its
/// parameters are any of the resource, a <see cref="FieldChange{T}"/> of the member, the context and a cancellation token; it returns a task, with the
/// status or without. It fails and is tried again independently of the other methods.
/// </summary>
/// <param name="path">The member, as in <c>nameof(SimpleAppSpec.Replicas)</c>, or a path from the spec, as in <c>"Template.Image"</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnChangeAttribute(string path) : Attribute
{
    /// <summary>The member of the spec.</summary>
    public string Path => path;
}

/// <summary>
/// Has a method of a handler class called for each object again and again, never beside another method for the same object. Its parameters are any of the
/// resource, the context and a cancellation token; it returns a task, with the status or without.
/// </summary>
/// <param name="interval">From the start of one call to the next, as in <c>30s</c> or <c>1h30m</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimerAttribute(string interval) : Attribute
{
    /// <summary>From the start of one call to the next.</summary>
    public string Interval => interval;

    /// <summary>From the first sight of an object to the first call, as in <c>10s</c>. Default: none.</summary>
    public string? InitialDelay { get; init; }

    /// <summary>Calls only once the spec has not changed for so long, as in <c>10m</c>. Default: calls at any time.</summary>
    public string? Idle { get; init; }
}

/// <summary>
/// Has a method of a handler class run for each object as long as the object is there: its token is cancelled when the object is deleted or stops matching the
/// filter, and when the operator stops. One that throws is started again after a back-off; one that returns is done. Its parameters are any of
/// the resource, the context and a cancellation token; it returns a task, with the status or without.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DaemonAttribute : Attribute;

/// <summary>
/// Restricts a handler class, or one of its methods, to some objects; several must all hold. Objects are read whether they match or not:
/// <see cref="ControllerOptions.LabelSelector"/> keeps them out of memory.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class WhenAttribute : Attribute
{
    /// <summary>Restricts by <see cref="Labels"/> or <see cref="Annotation"/>.</summary>
    public WhenAttribute()
    {
    }

    /// <summary>Restricts by a static method of the class that takes the resource, or the resource as it was (null where that is not known) and as it is, and returns a <see cref="bool"/>.</summary>
    /// <param name="predicate">The method's name.</param>
    public WhenAttribute(string predicate) => Predicate = predicate;

    /// <summary>The method that decides.</summary>
    public string? Predicate { get; }

    /// <summary>A label selector, as in <c>tier=web,env in (test,live),!paused</c>. Default: any labels.</summary>
    public string? Labels { get; init; }

    /// <summary>An annotation, as in <c>example.com/managed</c>, <c>example.com/managed=true</c> or <c>!example.com/paused</c>. Default: any annotations.</summary>
    public string? Annotation { get; init; }
}
