using System.Diagnostics.CodeAnalysis;

namespace OperatorKit.Queueing;

/// <summary>Keys by due time. A key whose time was changed leaves its old entry behind; the entries are thinned out when most are such.</summary>
internal sealed class DelayQueue<TKey>
    where TKey : notnull
{
    private const int SmallestToCompact = 256;

    private readonly PriorityQueue<TKey, long> _heap = new();
    private int _abandoned;

    public int Count => _heap.Count;

    public void Add(TKey key, long dueTicks) => _heap.Enqueue(key, dueTicks);

    public bool TryPeek([MaybeNullWhen(false)] out TKey key, out long dueTicks) => _heap.TryPeek(out key, out dueTicks);

    public void Pop() => _heap.Dequeue();

    /// <summary>Notes that one entry no longer counts.</summary>
    /// <returns>Whether so many do not that <see cref="Compact"/> pays.</returns>
    public bool Abandon() => ++_abandoned >= SmallestToCompact && _abandoned * 2 >= _heap.Count;

    /// <summary>Drops the entries that no longer count.</summary>
    /// <param name="isCurrent">Whether an entry still counts.</param>
    public void Compact(Func<TKey, long, bool> isCurrent)
    {
        var current = new List<(TKey, long)>();
        foreach (var (key, ticks) in _heap.UnorderedItems)
        {
            if (isCurrent(key, ticks))
                current.Add((key, ticks));
        }

        _heap.Clear();
        _heap.EnqueueRange(current);
        _abandoned = 0;
    }
}
