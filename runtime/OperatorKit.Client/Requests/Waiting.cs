namespace OperatorKit.Client;

/// <summary>Waits by a given clock.</summary>
internal static class Waiting
{
    /// <summary>
    /// <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>, but a cancelled wait ends on the thread that cancels where the
    /// clock is not the system's: in a simulation nothing may find its way to the thread pool.
    /// </summary>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (time == TimeProvider.System)
        {
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            return;
        }

        var over = new TaskCompletionSource();
        var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), over, delay, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), over).ConfigureAwait(false))
        {
            await over.Task.ConfigureAwait(false);
        }
    }
}
