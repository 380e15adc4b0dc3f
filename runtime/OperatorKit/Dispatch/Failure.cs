using OperatorKit.Client;
using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

/// <summary>How a failed run is shown and what becomes of its object.</summary>
/// <param name="Next">What becomes of the object.</param>
/// <param name="Reason">One CamelCase word for the condition and the Event.</param>
/// <param name="Message">The text for people.</param>
internal readonly record struct Failure(NextRun Next, string Reason, string Message)
{
    /// <summary>Whether the message says it all: the stack of such a failure is noise, of any other the only clue.</summary>
    public bool IsExpected { get; private init; }

    /// <summary>Sorts an exception.</summary>
    public static Failure Of(Exception exception) => Sort(exception) with
    {
        IsExpected = exception is KubernetesException or TerminalException or TimeoutException,
    };

    private static Failure Sort(Exception exception) => exception switch
    {
        TerminalException terminal => new(NextRun.GivenUp, terminal.Reason, terminal.Message),
        ConflictException => new(NextRun.AtOnce, "Conflict", exception.Message),
        TimeoutException => new(NextRun.BackOff, "TimedOut", exception.Message),
        KubernetesException { Status.Reason: { Length: > 0 } reason } => new(NextRun.BackOff, reason, exception.Message),
        KubernetesException => new(NextRun.BackOff, "ClusterRequestFailed", exception.Message),
        _ => new(NextRun.BackOff, "HandlerFailed", $"{exception.GetType().Name}: {exception.Message}"),
    };
}
