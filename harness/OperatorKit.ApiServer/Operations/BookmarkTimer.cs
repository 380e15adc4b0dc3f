namespace OperatorKit.ApiServer.Operations;

/// <summary>Says when the next bookmark of a watch is due. One timer a bookmark, however many events come in between.</summary>
internal sealed class BookmarkTimer(TimeSpan period, TimeProvider clock, CancellationToken ends) : IDisposable
{
    private CancellationTokenSource? _due;
    private CancellationTokenSource? _either;

    /// <summary>Cancelled when a bookmark is due or the watch ends.</summary>
    public CancellationToken Token
    {
        get
        {
            if (_either is null)
            {
                _due = new CancellationTokenSource(period, clock);
                _either = CancellationTokenSource.CreateLinkedTokenSource(_due.Token, ends);
            }

            return _either.Token;
        }
    }

    /// <summary>Begins the time until the next bookmark.</summary>
    public void Restart() => Dispose();

    public void Dispose()
    {
        _either?.Dispose();
        _due?.Dispose();
        (_either, _due) = (null, null);
    }
}
