using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>
/// The writes of one controller that are under way. A watch may show a write before its answer comes: what it shows of the object meanwhile is
/// put off until the answer tells whether that was the write itself, which is no news, or somebody else.
/// </summary>
internal sealed class OwnWrites
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Kind, ObjectKey Key), UnderWay> _underWay = [];

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

    /// <summary>Puts a change that a watch shows off, if it may be a write that is under way.</summary>
    /// <param name="change">The change.</param>
    /// <param name="news">Called when it has turned out to be somebody else's.</param>
    /// <returns>Whether it is put off; false where there is nothing to wait for.</returns>
    public bool PutOff<T>(CacheChange<T> change, Action news)
        where T : class, IKubernetesObject
    {
        if (change.After is not { } after)
            return false;
        lock (_lock)
        {
            if (!_underWay.TryGetValue((typeof(T), change.Key), out var writes))
                return false;
            writes.PutOff.Add((change.Before?.Metadata.ResourceVersion, after.Metadata.ResourceVersion, news));
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
                writes.Done.Add(write);
            if (--writes.Open > 0)
                return;
            _underWay.Remove((write.Kind, write.Key));
        }

        foreach (var (before, after, news) in writes.PutOff)
        {
            if (!writes.Done.Exists(done => done.Answer == after && (done.BasedOn is null || done.BasedOn == before)))
                news();
        }
    }

    /// <summary>One write.</summary>
    internal sealed class Write(OwnWrites owner, Type kind, ObjectKey key, string? basedOn) : IDisposable
    {
        public Type Kind => kind;

        public ObjectKey Key => key;

        public string? BasedOn => basedOn;

        /// <summary>The version that the server has made of it; null where no answer came, or a refusal.</summary>
        public string? Answer { get; set; }

        public void Dispose() => owner.End(this);
    }

    private sealed class UnderWay
    {
        public int Open { get; set; }

        public List<Write> Done { get; } = [];

        public List<(string? Before, string? After, Action News)> PutOff { get; } = [];
    }
}
