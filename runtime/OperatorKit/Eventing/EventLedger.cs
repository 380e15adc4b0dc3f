namespace OperatorKit.Eventing;

/// <summary>
/// Counts repetitions instead of repeating them, and bounds how many Events one object may cause: a burst, then one every few
/// minutes, as kubelet and kube-controller-manager do. Pure: time comes as an argument.
/// </summary>
internal sealed class EventLedger(Func<string> uniqueSuffix, int capacity = 4096)
{
    /// <summary>Different Events of one object that go through at once.</summary>
    private const int Burst = 25;

    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);

    private readonly Dictionary<EventIdentity, EventSeries> _series = [];
    private readonly Queue<EventIdentity> _oldest = new();
    private readonly Dictionary<string, Allowance> _allowances = [];

    /// <summary>Counts an occurrence.</summary>
    /// <returns>Its series, to be written; null where the object has caused too many.</returns>
    public EventSeries? Record(EventSubject subject, EventType type, string reason, string message, DateTimeOffset now)
    {
        var identity = new EventIdentity(subject.Uid, type, reason, message);
        if (_series.TryGetValue(identity, out var known))
        {
            known.Count++;
            known.Last = now;
            return known;
        }

        return Allow(subject.Uid, now) ? Start(identity, subject, now) : null;
    }

    /// <summary>Starts a series anew with what happened last, for the cluster no longer has it: Events live for an hour.</summary>
    public EventSeries Renew(EventSeries series) => Start(series.Identity, series.Subject, series.Last);

    /// <summary>Lets go of a series, so that the next occurrence starts a new one.</summary>
    public void Forget(EventSeries series) => _series.Remove(series.Identity);

    private EventSeries Start(EventIdentity identity, EventSubject subject, DateTimeOffset now)
    {
        // Counted by the line, for what was forgotten stays in it until its turn comes.
        while (_oldest.Count >= capacity)
        {
            _series.Remove(_oldest.Dequeue());
        }

        // The name has the form of client-go: the object's, a dot, and what makes it unique.
        var started = new EventSeries(identity, subject, $"{subject.Name}.{uniqueSuffix()}", now);
        _series[identity] = started;
        _oldest.Enqueue(identity);
        return started;
    }

    private bool Allow(string uid, DateTimeOffset now)
    {
        if (_allowances.Count > capacity)
            _allowances.Clear();
        if (!_allowances.TryGetValue(uid, out var allowance))
            allowance = new Allowance(Burst, now);
        var refilled = Math.Min(Burst, allowance.Left + ((now - allowance.At) / Refill));
        _allowances[uid] = new Allowance(refilled < 1 ? refilled : refilled - 1, now);
        return refilled >= 1;
    }

    private readonly record struct Allowance(double Left, DateTimeOffset At);
}
