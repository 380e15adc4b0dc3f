namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// Where the server's own loops run: on the thread pool, or on the one thread of a simulation, where nothing may find its way to the pool.
/// </summary>
internal sealed class Loops(TaskScheduler scheduler)
{
    // Hidden, the scheduler is not captured by awaits: a continuation runs where what it waited for was completed.
    private const TaskCreationOptions Detached = TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler;

    /// <summary>Whether whoever writes to a channel runs its reader: there is no pool that could.</summary>
    public bool WakeInline { get; } = scheduler != TaskScheduler.Default;

    public Task Start(Func<Task> loop) => Task.Factory.StartNew(loop, CancellationToken.None, Detached, scheduler).Unwrap();

    /// <summary>Leaves the stack of whoever woke the caller: they may be amid a write.</summary>
    public Task LeaveWriterAsync() => WakeInline ? Start(static () => Task.CompletedTask) : Task.CompletedTask;
}
