namespace OperatorKit.ApiServer.Json;

/// <summary>
/// The stored objects that were looked at last. These are trees of values; the others rest as their JSON, which takes a third
/// to a half of the memory, and become trees again when somebody looks at them.
/// </summary>
internal sealed class RecentObjects(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<JsonObject> _objects = [];

    /// <summary>Takes an object in; the one that has been here longest goes to rest.</summary>
    public void Add(JsonObject added)
    {
        lock (_gate)
        {
            _objects.Enqueue(added);
            if (_objects.Count > capacity)
                _objects.Dequeue().Rest();
        }
    }
}
