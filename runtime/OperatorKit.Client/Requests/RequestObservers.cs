namespace OperatorKit.Client;

/// <summary>Who is told of each request that a client sends.</summary>
internal sealed class RequestObservers(Action<ClientRequest>? first)
{
    private readonly Lock _lock = new();
    private volatile Action<ClientRequest>? _all = first;

    /// <summary>Tells everyone; null while there is nobody.</summary>
    public Action<ClientRequest>? Tell => _all;

    public IDisposable Add(Action<ClientRequest> observer)
    {
        lock (_lock)
        {
            _all += observer;
        }

        return new Observer(this, observer);
    }

    private void Remove(Action<ClientRequest> observer)
    {
        lock (_lock)
        {
            _all -= observer;
        }
    }

    private sealed class Observer(RequestObservers observers, Action<ClientRequest> observer) : IDisposable
    {
        public void Dispose() => observers.Remove(observer);
    }
}
