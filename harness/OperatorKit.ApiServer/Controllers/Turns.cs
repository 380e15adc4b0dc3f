namespace OperatorKit.ApiServer.Controllers;

/// <summary>
/// Lets requests and controllers go one after the other: a request begins when the controllers have done what came before it, and they
/// begin when it is answered. What a webhook asks for amid a request belongs to that request and waits for nobody.
/// </summary>
internal sealed class Turns(Func<CancellationToken, Task> whenIdle)
{
    private readonly Lock _gate = new();
    private int _requests;
    private TaskCompletionSource? _answered;

    /// <summary>Begins a request; it ends with <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        bool first;
        lock (_gate)
            first = _requests == 0;
        if (first)
            await whenIdle(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_requests++ == 0)
                _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_requests == 0)
                _answered!.SetResult();
        }
    }

    /// <summary>Completes when no request is under way.</summary>
    public Task WhenAnsweredAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _requests == 0 ? Task.CompletedTask : _answered!.Task.WaitAsync(cancellationToken);
    }
}
