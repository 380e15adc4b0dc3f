namespace OperatorKit.Testing.Simulations.Running;

/// <summary>
/// Everything that will happen, in the order of virtual time; among what is due at the same time the seed picks. One thread works it off,
/// so the same seed gives the same history.
/// </summary>
internal sealed class EventLoop(int seed)
{
    private static readonly DateTimeOffset Epoch = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly PriorityQueue<(Actor Actor, Action What), (long Due, ulong Pick, long Order)> _queue = new();
    private volatile string? _escape;
    private long _now;
    private long _order;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    public DateTimeOffset UtcNow => Epoch + Elapsed;

    /// <summary>Who acts now.</summary>
    public Actor? Running { get; private set; }

    /// <summary>Lets something happen later, unless the actor has died by then.</summary>
    public void Post(Actor actor, Action what, TimeSpan after = default)
    {
        RequireThread();
        var order = _order++;
        _queue.Enqueue((actor, what), (_now + Math.Max(0, after.Ticks), Chance.Mix((ulong)seed, (ulong)order), order));
    }

    /// <summary>Lets things happen up to a time, or until something holds, looked at after each of them.</summary>
    public void RunUntil(TimeSpan time, Func<bool> holds)
    {
        while (!holds() && _queue.TryPeek(out _, out var next) && next.Due <= time.Ticks)
        {
            var (actor, what) = _queue.Dequeue();
            _now = Math.Max(_now, next.Due);
            if (!actor.IsAlive)
                continue;
            Running = actor;
            what();
            Running = null;
            ThrowIfEscaped();
        }

        if (!holds())
            _now = Math.Max(_now, time.Ticks);
    }

    /// <summary>
    /// Gives code that has left the thread real time to come back, which fails the run. Virtual time is over in no time, so that a thread of
    /// the pool may be late even when nothing holds it up.
    /// </summary>
    /// <param name="patience">So long at most.</param>
    /// <exception cref="InvalidOperationException">It has come back; the message tells where.</exception>
    public void AwaitStragglers(TimeSpan patience)
    {
        // A pool whose threads are all busy takes its time to make another one: patience begins when it has come to what is queued by now.
        var begun = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(static reached => reached.Set(), begun, preferLocal: false);
        begun.Wait();
        SpinWait.SpinUntil(() => _escape is not null, patience);
        ThrowIfEscaped();
    }

    /// <summary>Fails the run when the caller is on a thread of its own: what it does next would depend on chance.</summary>
    public void RequireThread()
    {
        if (Environment.CurrentManagedThreadId == _thread)
            return;
        _escape = "Code of the operator ran on another thread than the simulation's, so that runs would not repeat. "
            + "In handlers use no Task.Run, Task.Yield, Parallel, SemaphoreSlim or real I/O, and wait with context.DelayAsync: a Task.Delay that is cancelled goes on elsewhere, too. It was here:\n"
            + Environment.StackTrace;
        throw new InvalidOperationException("This thread is not the simulation's.");
    }

    private void ThrowIfEscaped()
    {
        if (_escape is { } escape)
            throw new InvalidOperationException(escape);
    }
}
