namespace OperatorKit.ApiServer.Storage;

/// <summary>One change of one object.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The new state; for a deletion the last stored state, with the revision of the deletion.</param>
/// <param name="Previous">The state before; null for an addition.</param>
internal sealed record StoreEvent(StoreEventType Type, StoredObject Object, StoredObject? Previous)
{
    public long Revision => Object.Revision;
}

internal enum StoreEventType
{
    Added,
    Modified,
    Deleted,
}
