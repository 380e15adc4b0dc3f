using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace OperatorKit.Serialization;

/// <summary>
/// What readers make of labels, annotations, resources and their like: a few entries in an array, which takes less than half the
/// memory of a hash table. It may grow, and becomes a hash table when it does.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SmallDictionary<TValue> : IDictionary<string, TValue>, IReadOnlyDictionary<string, TValue>
{
    private KeyValuePair<string, TValue>[] _entries;
    private Dictionary<string, TValue>? _table;

    internal SmallDictionary(KeyValuePair<string, TValue>[] entries) => _entries = entries;

    internal SmallDictionary(Dictionary<string, TValue> table)
    {
        _entries = [];
        _table = table;
    }

    /// <inheritdoc/>
    public ICollection<string> Keys => _table is { } table ? table.Keys : Array.ConvertAll(_entries, static entry => entry.Key);

    /// <inheritdoc/>
    public ICollection<TValue> Values => _table is { } table ? table.Values : Array.ConvertAll(_entries, static entry => entry.Value);

    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => _table?.Count ?? _entries.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>The entries without an enumerator; empty where they are in a table.</summary>
    internal ReadOnlySpan<KeyValuePair<string, TValue>> Entries => _entries;

    /// <summary>The entries where there are too many for an array.</summary>
    internal Dictionary<string, TValue>? Table => _table;

    IEnumerable<string> IReadOnlyDictionary<string, TValue>.Keys => Keys;

    IEnumerable<TValue> IReadOnlyDictionary<string, TValue>.Values => Values;

    /// <inheritdoc cref="IDictionary{TKey, TValue}.this"/>
    public TValue this[string key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no entry \"{key}\".");
        set
        {
            var index = IndexOf(key);
            if (index >= 0)
                _entries[index] = KeyValuePair.Create(key, value);
            else if (_table is { } table)
                table[key] = value;
            else
                Append(key, value);
        }
    }

    /// <inheritdoc/>
    public void Add(string key, TValue value)
    {
        if (ContainsKey(key))
            throw new ArgumentException($"There is an entry \"{key}\" already.", nameof(key));
        this[key] = value;
    }

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, TValue> item) => Add(item.Key, item.Value);

    /// <inheritdoc cref="IDictionary{TKey, TValue}.ContainsKey"/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc cref="IDictionary{TKey, TValue}.TryGetValue"/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_table is { } table)
            return table.TryGetValue(key, out value);
        var index = IndexOf(key);
        value = index < 0 ? default : _entries[index].Value;
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, TValue> item) =>
        TryGetValue(item.Key, out var value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    /// <inheritdoc/>
    public bool Remove(string key)
    {
        if (_table is { } table)
            return table.Remove(key);
        var index = IndexOf(key);
        if (index >= 0)
            _entries = [.. _entries.AsSpan(0, index), .. _entries.AsSpan(index + 1)];
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, TValue> item) => Contains(item) && Remove(item.Key);

    /// <inheritdoc/>
    public void Clear()
    {
        _entries = [];
        _table = null;
    }

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, TValue>[] array, int arrayIndex)
    {
        ICollection<KeyValuePair<string, TValue>> entries = _table is { } table ? table : _entries;
        entries.CopyTo(array, arrayIndex);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator()
    {
        IEnumerable<KeyValuePair<string, TValue>> entries = _table is { } table ? table : _entries;
        return entries.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key == key)
                return i;
        }

        return -1;
    }

    private void Append(string key, TValue value)
    {
        if (_entries.Length < Gathered.Most)
        {
            _entries = [.. _entries, KeyValuePair.Create(key, value)];
            return;
        }

        _table = new Dictionary<string, TValue>(_entries) { [key] = value };
        _entries = [];
    }
}
