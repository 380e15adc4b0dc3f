using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OperatorKit.Queueing;

/// <summary>
/// Which keys wait, which are being worked on, and which come later. A key is handed out once at a time; what is added
/// while it is out comes back after <see cref="Done"/>. Pure: no clock, no lock, no thread; time comes as an argument.
/// </summary>
internal sealed class WorkQueue<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Item> _items = [];
    private readonly Queue<TKey> _normal = new();
    private readonly Queue<TKey> _background = new();
    private readonly DelayQueue<TKey> _delayed = new();

    /// <summary>Keys ready to be taken.</summary>
    public int Ready { get; private set; }

    /// <summary>Those of the keys ready to be taken that may be overtaken.</summary>
    public int ReadyInBackground { get; private set; }

    /// <summary>Keys out for work.</summary>
    public int Processing { get; private set; }

    /// <summary>Entries that wait for their time, those that no longer count included.</summary>
    public int Delayed => _delayed.Count;

    /// <summary>When the key that was taken last had got ready.</summary>
    public TimeSpan ReadySince { get; private set; }

    /// <summary>Makes a key ready, unless it is already.</summary>
    /// <param name="key">The key.</param>
    /// <param name="priority">Whether it may overtake.</param>
    /// <param name="now">The time, counted from any fixed moment.</param>
    public void Add(TKey key, QueuePriority priority = QueuePriority.Normal, TimeSpan now = default)
    {
        ref var item = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, key, out _)!;
        if (item.Processing)
        {
            item.Again = true;
            item.Priority = Max(item.Priority, priority);
        }
        else if (!item.Ready)
        {
            Enqueue(key, ref item, priority, now);
        }
        else if (priority > item.Priority)
        {
            // The place in the background line stays behind and is passed over when its turn comes.
            item.Priority = priority;
            _normal.Enqueue(key);
            ReadyInBackground--;
        }
    }

    /// <summary>Makes a key ready at a time, counted from any fixed moment; of several times the earliest counts, and a run in between replaces them all.</summary>
    public void AddAt(TKey key, TimeSpan due)
    {
        ref var item = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, key, out _)!;
        var ticks = Math.Max(1, due.Ticks);
        if (item.DueTicks != 0 && item.DueTicks <= ticks)
            return;
        var moved = item.DueTicks != 0;
        item.DueTicks = ticks;
        _delayed.Add(key, ticks);
        if (moved)
            Abandon();
    }

    /// <summary>Makes those keys ready whose time has come.</summary>
    /// <returns>When the next one is due; null when none waits.</returns>
    public TimeSpan? Promote(TimeSpan now)
    {
        while (_delayed.TryPeek(out var key, out var ticks))
        {
            ref var item = ref CollectionsMarshal.GetValueRefOrNullRef(_items, key);
            var current = !Unsafe.IsNullRef(ref item) && item.DueTicks == ticks;
            if (current && ticks > now.Ticks)
                return TimeSpan.FromTicks(ticks);
            _delayed.Pop();
            if (current)
            {
                item.DueTicks = 0;
                Add(key, QueuePriority.Normal, now);
            }
        }

        return null;
    }

    /// <summary>Hands out the next ready key.</summary>
    public bool TryTake([MaybeNullWhen(false)] out TKey key)
    {
        if (TryTake(_normal, QueuePriority.Normal, out key) || TryTake(_background, QueuePriority.Background, out key))
        {
            Ready--;
            Processing++;
            return true;
        }

        return false;
    }

    /// <summary>Takes a key back; it is ready again at once if it was added while it was out.</summary>
    public void Done(TKey key, TimeSpan now = default)
    {
        ref var item = ref CollectionsMarshal.GetValueRefOrNullRef(_items, key);
        if (Unsafe.IsNullRef(ref item) || !item.Processing)
            return;
        Processing--;
        item.Processing = false;
        if (item.Again)
        {
            item.Again = false;
            Enqueue(key, ref item, item.Priority, now);
        }
        else
        {
            RemoveIfIdle(key, item);
        }
    }

    /// <summary>How many times a key has failed in a row.</summary>
    public int Failures(TKey key) => _items.TryGetValue(key, out var item) ? item.Failures : 0;

    /// <summary>Counts a failure of a key.</summary>
    /// <returns>How many there were in a row, this one included.</returns>
    public int CountFailure(TKey key)
    {
        ref var item = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, key, out _)!;
        return ++item.Failures;
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Forget(TKey key)
    {
        ref var item = ref CollectionsMarshal.GetValueRefOrNullRef(_items, key);
        if (Unsafe.IsNullRef(ref item))
            return;
        item.Failures = 0;
        RemoveIfIdle(key, item);
    }

    private bool TryTake(Queue<TKey> line, QueuePriority priority, [MaybeNullWhen(false)] out TKey key)
    {
        while (line.TryDequeue(out key))
        {
            ref var item = ref CollectionsMarshal.GetValueRefOrNullRef(_items, key);
            if (Unsafe.IsNullRef(ref item) || !item.Ready || item.Priority != priority)
                continue;
            if (priority == QueuePriority.Background)
                ReadyInBackground--;
            item.Ready = false;
            item.Processing = true;
            item.Priority = QueuePriority.Background;
            ReadySince = item.ReadySince;
            if (item.DueTicks != 0)
            {
                item.DueTicks = 0;
                Abandon();
            }

            return true;
        }

        return false;
    }

    private void Enqueue(TKey key, ref Item item, QueuePriority priority, TimeSpan now)
    {
        item.ReadySince = now;
        item.Ready = true;
        item.Priority = priority;
        (priority == QueuePriority.Normal ? _normal : _background).Enqueue(key);
        Ready++;
        if (priority == QueuePriority.Background)
            ReadyInBackground++;
    }

    private void Abandon()
    {
        if (_delayed.Abandon())
            _delayed.Compact((key, ticks) => _items.TryGetValue(key, out var item) && item.DueTicks == ticks);
    }

    private void RemoveIfIdle(TKey key, in Item item)
    {
        if (item is { Ready: false, Processing: false, DueTicks: 0, Failures: 0 })
            _items.Remove(key);
    }

    private static QueuePriority Max(QueuePriority left, QueuePriority right) => left > right ? left : right;

    private struct Item
    {
        public bool Ready;
        public bool Processing;
        public bool Again;
        public QueuePriority Priority;
        public int Failures;
        public long DueTicks;
        public TimeSpan ReadySince;
    }
}
