namespace OperatorKit.Caching;

/// <summary>Which objects have each key. The keys are the user's code: an object for which it throws has none.</summary>
internal sealed class KeyIndex<T>(Func<T, IEnumerable<string?>> keysOf, Action<T, Exception> onError)
{
    private readonly Dictionary<string, HashSet<ObjectKey>> _found = [];
    private readonly Dictionary<ObjectKey, string[]> _keys = [];

    public IReadOnlyCollection<ObjectKey> Find(string key) => _found.GetValueOrDefault(key) ?? [];

    public void Add(ObjectKey place, T item)
    {
        var keys = KeysOf(item);
        if (keys.Length == 0)
            return;
        // Kept, for the object may be another when it goes.
        _keys[place] = keys;
        foreach (var key in keys)
        {
            if (!_found.TryGetValue(key, out var places))
                _found[key] = places = [];
            places.Add(place);
        }
    }

    public void Remove(ObjectKey place)
    {
        if (!_keys.Remove(place, out var keys))
            return;
        foreach (var key in keys)
        {
            if (_found.TryGetValue(key, out var places) && places.Remove(place) && places.Count == 0)
                _found.Remove(key);
        }
    }

    private string[] KeysOf(T item)
    {
        try
        {
            return [.. keysOf(item).OfType<string>().Distinct()];
        }
        catch (Exception exception)
        {
            onError(item, exception);
            return [];
        }
    }
}
