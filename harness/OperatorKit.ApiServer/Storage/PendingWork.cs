namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// Counts what internal controllers still have to do, so that a test can wait until nothing is left.
/// A controller begins an item when it notes an event and ends it when it is done with the key.
/// </summary>
internal sealed class PendingWork
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _idle;

    public void Begin()
    {
        lock (_gate)
            _count++;
    }

    public void End()
    {
        lock (_gate)
        {
            if (--_count > 0)
                return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    /// <summary>Completes as soon as nothing is pending.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }
}
