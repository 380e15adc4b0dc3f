using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

internal sealed partial class Reconciler<TResource>
{
    private async Task<NextRun> FailAsync(
        ObjectKey key, TResource resource, ObjectProgress<TResource> progress, Cause cause, Exception exception, CancellationToken cancellationToken)
    {
        _metrics.Failed(exception);
        var failure = Failure.Of(exception);
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

        // Where the message says it all, the stack is noise; for what nobody foresaw it is the only clue.
        LogFailed(exception is KubernetesException or TerminalException or TimeoutException ? null : exception, failure.Reason, failure.Message);
        _services.Events.Record(resource, EventType.Warning, failure.Reason, failure.Message);
        await ShowAsync(key, resource, failure, cancellationToken).ConfigureAwait(false);
        return failure.Next;
    }

    private async Task ShowAsync(ObjectKey key, TResource resource, Failure failure, CancellationToken cancellationToken)
    {
        try
        {
            // The run may have written to the object: its newest state is the one to go by.
            var latest = _cache.TryGet(key, out var cached) && cached.Metadata.Uid == resource.Metadata.Uid ? cached : resource;
            await _status.FailedAsync(latest, failure.Reason, failure.Message, cancellationToken).ConfigureAwait(false);
        }
        catch (NotFoundException exception) when (!exception.IsKindMissing)
        {
            // Deleted in the meantime.
        }
        catch (Exception exception) when (exception is KubernetesException or OperationCanceledException)
        {
            LogNotShown(exception.Message);
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
