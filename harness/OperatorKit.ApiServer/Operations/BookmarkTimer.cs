namespace OperatorKit.ApiServer.Operations;

/// <summary>
/// Says when the next bookmark of a watch is due: after each period, and shortly before the watch ends.
/// One timer a bookmark, however many events come in between.
/// </summary>
internal sealed class BookmarkTimer : IDisposable
{
    private static readonly TimeSpan BeforeEnd = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _period;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _ends;
    private readonly DateTimeOffset? _last;

    private CancellationTokenSource _due;
    private CancellationTokenSource _either;

    /// <param name="timeout">How long the watch lasts where its client said so.</param>
    /// <param name="ends">Cancelled when the watch ends.</param>
    public BookmarkTimer(TimeSpan period, TimeSpan? timeout, TimeProvider clock, CancellationToken ends)
    {
        _period = period;
        _clock = clock;
        _ends = ends;
        _last = clock.GetUtcNow() + timeout - BeforeEnd;
        (_due, _either) = Next();
    }

    /// <summary>Cancelled when a bookmark is due or the watch ends.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Begins the time until the next bookmark.</summary>
    public void Restart()
    {
        Dispose();
        (_due, _either) = Next();
    }

    public void Dispose()
    {
        _either.Dispose();
        _due.Dispose();
    }

    private (CancellationTokenSource Due, CancellationTokenSource Either) Next()
    {
        var untilLast = _last - _clock.GetUtcNow();
        var due = new CancellationTokenSource(untilLast > TimeSpan.Zero && untilLast < _period ? untilLast.Value : _period, _clock);
        return (due, CancellationTokenSource.CreateLinkedTokenSource(due.Token, _ends));
    }
}
