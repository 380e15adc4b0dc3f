using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

internal sealed partial class Reconciler<TResource>
{
    private async Task<NextRun> FailAsync(
        TResource resource, ObjectProgress<TResource> progress, Cause cause, Exception exception, CancellationToken cancellationToken)
    {
        _metrics.Failed(exception);
        var failure = Failure.Of(exception, progress.Failures);
        if (failure.Next.Result == RunResult.Requeue)
        {
            LogConflict(exception.Message);
            return failure.Next;
        }

        if (failure.Next.Result == RunResult.Terminal)
        {
            // A deletion that was given up on would leave the object for ever.
            if (cause == Cause.Delete)
                failure = failure with { Next = NextRun.BackOff };
            else
                progress.GivenUpGeneration = resource.Metadata.Generation ?? 0;
        }

        Report(resource, failure, exception);
        await ShowAsync(resource, null, failure, cancellationToken).ConfigureAwait(false);
        return failure.Next;
    }

    /// <summary>Shows a field handler's failure beside what the run has done, which counts once it is written.</summary>
    private async Task<NextRun> FailAsync(
        TResource resource, ObjectProgress<TResource> progress, RunOutcome outcome, Failure failure, CancellationToken cancellationToken)
    {
        if (await ShowAsync(resource, outcome.Status, failure, cancellationToken).ConfigureAwait(false))
        {
            progress.MethodGeneration = resource.Metadata.Generation ?? 0;
            progress.Handled = resource;
            Array.ForEach(progress.Fields, static field => field.Commit());
        }

        return failure.Next.Result == RunResult.Terminal && outcome.Requeue is { } delay ? NextRun.After(delay) : failure.Next;
    }

    private void Report(TResource resource, in Failure failure, Exception exception)
    {
        // Where the message says it all, the stack is noise; for what nobody foresaw it is the only clue.
        LogFailed(failure.IsExpected ? null : exception, failure.Reason, failure.Message);
        _services.Events.Record(resource, EventType.Warning, failure.Reason, failure.Message);
    }

    /// <returns>Whether it is written, or there is nobody left to tell.</returns>
    private async Task<bool> ShowAsync(TResource resource, ResourceStatus? status, Failure failure, CancellationToken cancellationToken)
    {
        try
        {
            // A conflict that is tried again at once is no failure: only what the rest of the run has returned is written.
            var isThere = failure.Next.Result == RunResult.Requeue
                ? await _status.ReportedAsync(resource, status, cancellationToken).ConfigureAwait(false)
                : await _status.FailedAsync(resource, status, failure.Reason, failure.Message, cancellationToken).ConfigureAwait(false);
            if (!isThere)
                LetGo(resource);
            return true;
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            LogNotShown(exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Cause} handled: {Result} after {Milliseconds:F1} ms")]
    private partial void LogRan(Cause cause, RunResult result, double milliseconds);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Someone else has written in between, trying again at once: {Problem}")]
    private partial void LogConflict(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handler failed ({Reason}): {Problem}")]
    private partial void LogFailed(Exception? exception, string reason, string problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The failure could not be written to the status: {Problem}")]
    private partial void LogNotShown(string problem);
}
