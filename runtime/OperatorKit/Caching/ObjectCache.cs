using System.Diagnostics.CodeAnalysis;

namespace OperatorKit.Caching;

/// <summary>
/// The objects of one kind in one namespace (or in all), as the watch has shown them, with the answers of this process's
/// own writes laid over until the watch has caught up. Never goes back in time. Pure: what happened comes in, what
/// changed goes out.
/// </summary>
internal sealed class ObjectCache<T>(bool indexOwners)
    where T : class, IKubernetesObject
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly Dictionary<ObjectKey, string> _deletedHere = [];
    private readonly OwnerIndex? _owners = indexOwners ? new OwnerIndex() : null;
    private readonly Dictionary<object, KeyIndex<T>> _indexes = [];
    private string? _observed;

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _objects.Count;
            }
        }
    }

    public bool TryGet(ObjectKey key, [MaybeNullWhen(false)] out T found)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(key, out found);
        }
    }

    /// <summary>Some of the objects, from all over the cache.</summary>
    /// <param name="most">So many at most.</param>
    /// <returns>They, and of how many.</returns>
    public (T[] Objects, int Count) Sample(int most)
    {
        lock (_lock)
        {
            var step = Math.Max(1, (_objects.Count + most - 1) / most);
            return ([.. _objects.Values.Where((_, index) => index % step == 0)], _objects.Count);
        }
    }

    public ObjectKey[] Keys()
    {
        lock (_lock)
        {
            return [.. _objects.Keys];
        }
    }

    /// <summary>The objects that an object owns.</summary>
    /// <param name="ownerUid">The owner's uid.</param>
    /// <param name="found">Where to add them.</param>
    public void OwnedBy(string ownerUid, List<T> found)
    {
        lock (_lock)
        {
            foreach (var key in _owners?.Owned(ownerUid) ?? [])
            {
                found.Add(_objects[key]);
            }
        }
    }

    /// <summary>Keeps an index up to date from now on.</summary>
    /// <param name="name">What to ask for it by.</param>
    /// <param name="index">The index, empty.</param>
    public void AddIndex(object name, KeyIndex<T> index)
    {
        lock (_lock)
        {
            if (!_indexes.TryAdd(name, index))
                return;
            foreach (var (key, item) in _objects)
            {
                index.Add(key, item);
            }
        }
    }

    /// <summary>The objects that have a key in an index.</summary>
    /// <returns>Whether there is such an index.</returns>
    public bool Find(object index, string key, List<T> found)
    {
        lock (_lock)
        {
            if (!_indexes.TryGetValue(index, out var known))
                return false;
            foreach (var place in known.Find(key))
            {
                found.Add(_objects[place]);
            }

            return true;
        }
    }

    /// <summary>The cached object where it is the same version: a list keeps it and lets go of its own copy.</summary>
    public T Intern(T listed)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(ObjectKey.Of(listed), out var cached)
                && cached.Metadata.ResourceVersion == listed.Metadata.ResourceVersion ? cached : listed;
        }
    }

    /// <summary>Whether a page of a list could be of the cluster that this cache shows, at the same time or later.</summary>
    public bool IsConsistentWith(IReadOnlyList<T> page)
    {
        lock (_lock)
        {
            foreach (var item in page)
            {
                // Another uid is fine when the object was made anew since; an older object that is not known is not.
                if ((!_objects.TryGetValue(ObjectKey.Of(item), out var cached) || cached.Metadata.Uid != item.Metadata.Uid)
                    && ResourceVersions.Compare(item.Metadata.ResourceVersion, _observed) <= 0)
                {
                    return false;
                }
            }

            return page.Count > 0 || _objects.Count == 0;
        }
    }

    /// <summary>Takes in an object that a watch shows as new or changed.</summary>
    /// <returns>What changed; null where the cache has that state already, or a later one.</returns>
    public CacheChange<T>? Set(T seen)
    {
        lock (_lock)
        {
            _observed = ResourceVersions.Later(_observed, seen.Metadata.ResourceVersion);
            return Store(seen, ChangeSource.Watch);
        }
    }

    /// <summary>Takes in a deletion that a watch shows.</summary>
    /// <param name="last">The last state, under the version of the deletion.</param>
    /// <returns>What changed; null where the object is gone already, or is a later one of the same name.</returns>
    public CacheChange<T>? Remove(T last)
    {
        lock (_lock)
        {
            var version = last.Metadata.ResourceVersion;
            _observed = ResourceVersions.Later(_observed, version);
            var key = ObjectKey.Of(last);
            if (_deletedHere.TryGetValue(key, out var uid) && uid == last.Metadata.Uid)
                _deletedHere.Remove(key);
            if (!_objects.TryGetValue(key, out var cached) || ResourceVersions.Compare(cached.Metadata.ResourceVersion, version) > 0)
                return null;
            Drop(key, cached);
            return new CacheChange<T>(key, last, null, ChangeSource.Watch);
        }
    }

    /// <summary>Takes out an object that a watch shows in a state that cannot be read: what the cache has of it is no longer so.</summary>
    /// <returns>What changed; null where the cache has none, or a later one.</returns>
    public CacheChange<T>? RemoveUnreadable(ObjectKey key, string version)
    {
        lock (_lock)
        {
            _observed = ResourceVersions.Later(_observed, version);
            if (!_objects.TryGetValue(key, out var cached) || ResourceVersions.Compare(cached.Metadata.ResourceVersion, version) > 0)
                return null;
            Drop(key, cached);
            return new CacheChange<T>(key, cached, null, ChangeSource.Watch);
        }
    }

    /// <summary>Notes that the watch has shown everything up to a version.</summary>
    public void Advance(string version)
    {
        lock (_lock)
        {
            _observed = ResourceVersions.Later(_observed, version);
        }
    }

    /// <summary>
    /// Takes in a whole list at once: what it does not hold is gone, unless this process wrote it later. A list from before what was seen
    /// means that the cluster was restored or is another; then the list alone counts.
    /// </summary>
    /// <returns>What changed, deletions that nobody saw included.</returns>
    public List<CacheChange<T>> Replace(IReadOnlyList<T> listed, string version)
    {
        lock (_lock)
        {
            var source = _observed is null ? ChangeSource.FirstList : ChangeSource.Watch;
            var rewound = ResourceVersions.Compare(version, _observed) < 0;
            _observed = version;
            var changes = new List<CacheChange<T>>();
            var present = new HashSet<ObjectKey>(listed.Count);
            foreach (var item in listed)
            {
                present.Add(ObjectKey.Of(item));
                if (Store(item, source, rewound ? "" : version) is { } change)
                    changes.Add(change);
            }

            foreach (var (key, cached) in _objects)
            {
                if (present.Contains(key) || (!rewound && ResourceVersions.Compare(cached.Metadata.ResourceVersion, version) > 0))
                    continue;
                // Removing the current element does not disturb a dictionary's enumeration.
                Drop(key, cached);
                changes.Add(new CacheChange<T>(key, cached, null, source));
            }

            foreach (var key in _deletedHere.Keys)
            {
                if (!present.Contains(key))
                    _deletedHere.Remove(key);
            }

            return changes;
        }
    }

    /// <summary>Lets go of everything, as when nobody watches any more.</summary>
    /// <returns>What is gone.</returns>
    public List<CacheChange<T>> Clear()
    {
        lock (_lock)
        {
            var changes = _objects.Select(static item => new CacheChange<T>(item.Key, item.Value, null, ChangeSource.Watch)).ToList();
            foreach (var change in changes)
            {
                Drop(change.Key, change.Before!);
            }

            return changes;
        }
    }

    /// <summary>Lays the answer of an own write over what the watch has shown.</summary>
    /// <returns>What changed; null where the watch has shown that version or a later one, so that the object may be gone since.</returns>
    public CacheChange<T>? Overlay(T answer)
    {
        lock (_lock)
        {
            return ResourceVersions.Compare(answer.Metadata.ResourceVersion, _observed) > 0 ? Store(answer, ChangeSource.OwnWrite) : null;
        }
    }

    /// <summary>Hides an object that an own request has deleted until the watch shows the same.</summary>
    public CacheChange<T>? OverlayDeletion(ObjectKey key, string uid)
    {
        lock (_lock)
        {
            if (!_objects.TryGetValue(key, out var cached) || cached.Metadata.Uid != uid)
                return null;
            Drop(key, cached);
            _deletedHere[key] = uid;
            return new CacheChange<T>(key, cached, null, ChangeSource.OwnWrite);
        }
    }

    /// <param name="item">The object seen.</param>
    /// <param name="source">How.</param>
    /// <param name="listed">The version of the list that it is in: all that the cache has up to there, the list knows better. Null for a single object.</param>
    private CacheChange<T>? Store(T item, ChangeSource source, string? listed = null)
    {
        var key = ObjectKey.Of(item);
        if (_deletedHere.TryGetValue(key, out var uid))
        {
            if (uid == item.Metadata.Uid)
                return null;
            _deletedHere.Remove(key);
        }

        if (_objects.TryGetValue(key, out var cached))
        {
            var known = cached.Metadata;
            var isNoNews = listed is null
                ? ResourceVersions.Compare(item.Metadata.ResourceVersion, known.ResourceVersion) <= 0
                : (item.Metadata.ResourceVersion == known.ResourceVersion && item.Metadata.Uid == known.Uid)
                    || (listed.Length > 0 && ResourceVersions.Compare(known.ResourceVersion, listed) > 0);
            if (isNoNews)
                return null;
            _owners?.Remove(key, cached);
        }

        _objects[key] = item;
        _owners?.Add(key, item);
        foreach (var index in _indexes.Values)
        {
            index.Remove(key);
            index.Add(key, item);
        }

        return new CacheChange<T>(key, cached, item, source);
    }

    private void Drop(ObjectKey key, T cached)
    {
        _objects.Remove(key);
        _owners?.Remove(key, cached);
        foreach (var index in _indexes.Values)
        {
            index.Remove(key);
        }
    }
}
