namespace OperatorKit.Queueing;

/// <summary>Which keys a <see cref="WorkQueue{TKey}"/> hands out first.</summary>
internal enum QueuePriority : byte
{
    /// <summary>The first list and resyncs: they wait until nothing else is ready.</summary>
    Background,

    /// <summary>Changes.</summary>
    Normal,
}
