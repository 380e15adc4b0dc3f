using OperatorKit.Caching;

namespace OperatorKit.Dispatch;

/// <summary>Lets one run at a time to an object, where several queues serve it. Nobody waits in a thread: who finds the gate shut is told when it opens.</summary>
internal sealed class ObjectGates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Action?> _shut = [];

    /// <summary>Enters, and shuts the gate.</summary>
    /// <param name="key">The object.</param>
    /// <param name="onOpen">Called once when the gate opens, where it is shut.</param>
    /// <returns>Whether the caller is in.</returns>
    public bool TryEnter(ObjectKey key, Action onOpen)
    {
        lock (_lock)
        {
            if (_shut.TryAdd(key, null))
                return true;
            _shut[key] += onOpen;
            return false;
        }
    }

    public void Leave(ObjectKey key)
    {
        Action? onOpen;
        lock (_lock)
        {
            _shut.Remove(key, out onOpen);
        }

        onOpen?.Invoke();
    }
}
