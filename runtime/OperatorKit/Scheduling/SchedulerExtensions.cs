namespace OperatorKit.Scheduling;

/// <summary>
/// Starts work where the operator is told to run: on the thread pool, or on the one thread of a simulation. There nothing may find its
/// way to the pool, so that the same seed always gives the same order.
/// </summary>
internal static class SchedulerExtensions
{
    // Hidden, the scheduler is not captured by awaits: a continuation runs where what it waited for was completed.
    private const TaskCreationOptions Detached = TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler;

    /// <summary>Starts work; on the thread pool this is <see cref="Task.Run(Func{Task})"/>.</summary>
    public static Task Start(this TaskScheduler scheduler, Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, Detached, scheduler).Unwrap();

    /// <summary>Starts work that has a result.</summary>
    public static Task<T> Start<T>(this TaskScheduler scheduler, Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, Detached, scheduler).Unwrap();

    /// <summary>Cancels a source; those who registered are called back by the scheduler, not by the caller.</summary>
    public static Task Cancel(this TaskScheduler scheduler, CancellationTokenSource source) =>
        Task.Factory.StartNew(static state => ((CancellationTokenSource)state!).Cancel(), source, CancellationToken.None, Detached, scheduler);

    /// <summary>Waits for work, or until the token is cancelled; then the work goes on alone.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async Task<T> WaitAsync<T>(this TaskScheduler scheduler, Task<T> work, CancellationToken cancellationToken)
    {
        // Task.WaitAsync hands a cancelled wait to the thread pool.
        var cancelled = scheduler.NewCompletionSource();
        await using (cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), cancelled).ConfigureAwait(false))
        {
            if (await Task.WhenAny(work, cancelled.Task).ConfigureAwait(false) != work)
                throw new OperationCanceledException(cancellationToken);
        }

        return await work.ConfigureAwait(false);
    }

    /// <summary>A source whose completer does not run what waits for it, where there is a thread pool to run it.</summary>
    public static TaskCompletionSource NewCompletionSource(this TaskScheduler scheduler) =>
        new(scheduler.IsThreadPool ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    extension(TaskScheduler scheduler)
    {
        /// <summary>Whether work is started on the thread pool.</summary>
        public bool IsThreadPool => scheduler == TaskScheduler.Default;
    }
}
