using OperatorKit.Scheduling;

namespace OperatorKit.Dispatch;

/// <summary>Runs a handler for so long and no longer, whether it looks at its token or not.</summary>
internal static class HandlerDeadline
{
    /// <summary>How long a handler may take to end after its token is cancelled, before nobody waits for it any more.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs a handler.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="OperationCanceledException">The operator stops, or no longer leads.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> handler, TimeSpan timeout, TimeProvider time, TaskScheduler scheduler, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        // On a thread of its own, or a handler that blocks before its first await would hold the worker.
        var run = scheduler.Start(() => handler(either.Token));
        try
        {
            return await scheduler.WaitAsync(run, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await LetEndAsync(run, time).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"The handler took longer than {timeout}. Raise ControllerOptions.HandlerTimeout, or return earlier and call RequeueAfter.");
        }
        finally
        {
            // A handler that goes on regardless may still look at its token.
            if (run.IsCompleted)
                either.Dispose();
        }
    }

    private static async Task LetEndAsync(Task run, TimeProvider time)
    {
        try
        {
            await run.WaitAsync(Grace, time).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // How a cancelled handler ends does not matter; one that does not end is left behind, its writes refused.
            _ = run.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
