using OperatorKit.Client;
using OperatorKit.Conditions;
using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

/// <summary>How a failed run is shown and what becomes of its object.</summary>
/// <param name="Next">What becomes of the object.</param>
/// <param name="Reason">One CamelCase word for the condition and the Event.</param>
/// <param name="Message">The text for people.</param>
internal readonly record struct Failure(NextRun Next, string Reason, string Message)
{
    /// <summary>From then on a conflict is a failure like others: what it takes to get over it does not come by itself, as with a field that another manager owns.</summary>
    private const int ConflictsAtOnce = 3;

    /// <summary>Whether the message says it all: the stack of such a failure is noise, of any other the only clue.</summary>
    public bool IsExpected { get; private init; }

    /// <summary>Sorts an exception.</summary>
    /// <param name="exception">What the handler has thrown.</param>
    /// <param name="failures">How many runs have failed in a row before.</param>
    public static Failure Of(Exception exception, int failures = 0)
    {
        var failure = Sort(exception, failures);
        return failure with
        {
            Reason = ConditionReason.Of(failure.Reason),
            IsExpected = exception is KubernetesException or TerminalException or TemporaryException or TimeoutException,
        };
    }

    private static Failure Sort(Exception exception, int failures) => exception switch
    {
        TerminalException terminal => new(NextRun.GivenUp, terminal.Reason, terminal.Message),
        TemporaryException temporary => new(NextRun.RetryAfter(temporary.RetryAfter), temporary.Reason, temporary.Message),
        ConflictException when failures < ConflictsAtOnce => new(NextRun.AtOnce, "Conflict", exception.Message),
        ConflictException => new(NextRun.BackOff, "Conflict", exception.Message),
        TimeoutException => new(NextRun.BackOff, "TimedOut", exception.Message),
        KubernetesException { Status.Reason: { Length: > 0 } reason } => new(NextRun.BackOff, reason, exception.Message),
        KubernetesException => new(NextRun.BackOff, "ClusterRequestFailed", exception.Message),
        _ => new(NextRun.BackOff, "HandlerFailed", $"{exception.GetType().Name}: {exception.Message}"),
    };
}
