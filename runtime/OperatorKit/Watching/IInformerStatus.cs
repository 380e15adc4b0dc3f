using OperatorKit.Client;

namespace OperatorKit.Watching;

/// <summary>How an informer is doing, whatever its kind.</summary>
internal interface IInformerStatus
{
    /// <summary>The kind it watches.</summary>
    ResourceDefinition Definition { get; }

    /// <summary>The namespace it watches; null for all.</summary>
    string? Namespace { get; }

    /// <summary>Completes with the first list.</summary>
    Task Synced { get; }

    /// <summary>Completes when the first list is refused for a reason that only a person can mend.</summary>
    Task Refused { get; }

    /// <summary>Why the last list or watch failed; null after a list that did not.</summary>
    KubernetesException? LastError { get; }

    /// <summary>Time since it last did anything: an event, a bookmark, a new try. A long time means that it hangs.</summary>
    TimeSpan SinceLastStep { get; }

    /// <summary>Watches until cancelled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
