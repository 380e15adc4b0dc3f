namespace OperatorKit.ApiServer.Controllers;

/// <summary>
/// Counts what is still to be done: changes not yet looked at, keys in queues, actions under way. What takes the place of
/// a finished item is added before the item is done, so the count is zero only when nothing at all is left.
/// Work that waits for a time to come does not count: time may stand still.
/// </summary>
internal sealed class PendingWork
{
    private readonly Lock _lock = new();
    private long _count;
    private TaskCompletionSource? _idle;

    public void Add(int count = 1)
    {
        lock (_lock)
            _count += count;
    }

    public void Done()
    {
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            if (--_count == 0)
                (idle, _idle) = (_idle, null);
        }

        idle?.SetResult();
    }

    /// <summary>Completes at the next moment at which nothing is pending, at once if that is now.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }
}
