namespace OperatorKit.Caching;

/// <summary>Which objects each object owns, by the owner's uid.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<string, List<ObjectKey>> _owned = [];

    public IReadOnlyList<ObjectKey> Owned(string ownerUid) => _owned.GetValueOrDefault(ownerUid) ?? [];

    public void Add(ObjectKey key, IKubernetesObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences ?? [])
        {
            if (owner.Uid is null)
                continue;
            if (!_owned.TryGetValue(owner.Uid, out var keys))
                _owned[owner.Uid] = keys = new List<ObjectKey>(1);
            keys.Add(key);
        }
    }

    public void Remove(ObjectKey key, IKubernetesObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences ?? [])
        {
            if (owner.Uid is null || !_owned.TryGetValue(owner.Uid, out var keys))
                continue;
            keys.Remove(key);
            if (keys.Count == 0)
                _owned.Remove(owner.Uid);
        }
    }
}
