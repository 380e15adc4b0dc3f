using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>
/// The writes of one controller that are under way. A watch may show a write before its answer comes: what it shows of the object meanwhile is
/// put off until the answer tells whether that was the write itself, which is no news, or somebody else.
/// </summary>
internal sealed class OwnWrites
{
    /// <summary>A watch may have taken an event into the cache, and come here with it when the write is just over.</summary>
    private const int Remembered = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Kind, ObjectKey Key), UnderWay> _underWay = [];
    private readonly Queue<Write> _over = new(Remembered);

    /// <summary>A write begins; it ends when it is disposed.</summary>
    /// <typeparam name="T">The kind written to.</typeparam>
    /// <param name="key">The object.</param>
    /// <param name="basedOn">The only version that it changes; null where it changes any.</param>
    public Write Begin<T>(ObjectKey key, string? basedOn = null)
        where T : class, IKubernetesObject
    {
        lock (_lock)
        {
            if (!_underWay.TryGetValue((typeof(T), key), out var writes))
                _underWay[(typeof(T), key)] = writes = new UnderWay();
            writes.Open++;
            return new Write(this, typeof(T), key, basedOn);
        }
    }

    /// <summary>Whether a change that a watch shows is such a write, or may be one that is under way.</summary>
    /// <param name="change">The change.</param>
    /// <param name="news">Called when it has turned out to be somebody else's after all.</param>
    /// <returns>Whether there is nothing to do about it for now; false where it is somebody else's.</returns>
    public bool Explain<T>(CacheChange<T> change, Action news)
        where T : class, IKubernetesObject
    {
        if (change.After is not { Metadata.ResourceVersion: { } after })
            return false;
        var before = change.Before?.Metadata.ResourceVersion;
        lock (_lock)
        {
            if (!_underWay.TryGetValue((typeof(T), change.Key), out var writes))
                return _over.Any(write => write.Is(before, after));
            writes.PutOff.Add((before, after, news));
            return true;
        }
    }

    private void End(Write write)
    {
        UnderWay writes;
        lock (_lock)
        {
            writes = _underWay[(write.Kind, write.Key)];
            if (write.Answer is not null)
            {
                writes.Done.Add(write);
                if (_over.Count == Remembered)
                    _over.Dequeue();
                _over.Enqueue(write);
            }

            if (--writes.Open > 0)
                return;
            _underWay.Remove((write.Kind, write.Key));
        }

        foreach (var (before, after, news) in writes.PutOff)
        {
            if (!writes.Done.Exists(done => done.Is(before, after)))
                news();
        }
    }

    /// <summary>One write.</summary>
    internal sealed class Write(OwnWrites owner, Type kind, ObjectKey key, string? basedOn) : IDisposable
    {
        public Type Kind => kind;

        public ObjectKey Key => key;

        /// <summary>The version that the server has made of it; null where no answer came, or a refusal.</summary>
        public string? Answer { get; set; }

        /// <summary>Whether a step from one version to another is this write and nothing else.</summary>
        public bool Is(string? before, string after) => Answer == after && (basedOn is null || basedOn == before);

        public void Dispose() => owner.End(this);
    }

    private sealed class UnderWay
    {
        public int Open { get; set; }

        public List<Write> Done { get; } = [];

        public List<(string? Before, string After, Action News)> PutOff { get; } = [];
    }
}
