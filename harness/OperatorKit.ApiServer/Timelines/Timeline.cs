using System.Text;

namespace OperatorKit.ApiServer;

/// <summary>
/// What happened on a server, in order: every request with its answer, and every version of every object with what changed in it.
/// <see cref="ToString"/> gives a text that a person can read; a failing test prints it.
/// </summary>
public sealed class Timeline
{
    private readonly Lock _lock = new();
    private readonly Queue<TimelineEntry> _entries = [];
    private readonly int _capacity;

    internal Timeline(int capacity) => _capacity = capacity;

    /// <summary>The entries that are kept, from the oldest.</summary>
    public IReadOnlyList<TimelineEntry> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries];
        }
    }

    /// <summary>Forgets all entries.</summary>
    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    /// <summary>One line an entry.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
            text.Append(entry).Append('\n');
        return text.ToString();
    }

    internal void Add(TimelineEntry entry)
    {
        if (_capacity == 0)
            return;
        lock (_lock)
        {
            if (_entries.Count == _capacity)
                _entries.Dequeue();
            _entries.Enqueue(entry);
        }
    }
}
