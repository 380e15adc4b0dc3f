using System.Collections.Concurrent;
using System.Diagnostics;

namespace OperatorKit.LoadDriver;

/// <summary>Times from an action on an object to its visible effect, and a task that ends when every effect was seen.</summary>
internal sealed class Latencies(int expected)
{
    private readonly ConcurrentDictionary<string, long> _started = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Seen => _milliseconds.Count;

    /// <summary>All times together.</summary>
    public TimeSpan Total => TimeSpan.FromMilliseconds(_milliseconds.Sum());

    public void Start(string name) => _started[name] = Stopwatch.GetTimestamp();

    /// <summary>Notes the effect on an object; further ones on the same object do not count.</summary>
    /// <returns>Whether it counts.</returns>
    public bool Finish(string name)
    {
        if (!_started.TryRemove(name, out var started))
            return false;
        _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (_milliseconds.Count == expected)
            _all.TrySetResult();
        return true;
    }

    public async Task WaitAsync(TimeSpan limit, string phase, CancellationToken cancellationToken)
    {
        try
        {
            await _all.Task.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Missing(limit, phase);
        }
    }

    /// <summary>The error for effects that do not come.</summary>
    public LoadException Missing(TimeSpan limit, string phase) =>
        new($"{phase}: after {limit.TotalSeconds:0} s only {Seen} of {expected} objects show the effect; the first without it is {_started.Keys.Order(StringComparer.Ordinal).FirstOrDefault()}.");

    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}

/// <summary>A run that cannot be finished, with the reason for the person who started it.</summary>
internal sealed class LoadException(string message) : Exception(message);
