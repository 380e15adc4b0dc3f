using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// All objects of a resource at one revision. Immutable; a change shares everything but the path to it.
/// The order is that of etcd keys, "namespace/name" compared byte by byte.
/// </summary>
internal sealed class ObjectTable
{
    private readonly ImmutableSortedDictionary<string, ObjectTree> _namespaces;

    private ObjectTable(ImmutableSortedDictionary<string, ObjectTree> namespaces, int count)
    {
        _namespaces = namespaces;
        Count = count;
    }

    public static ObjectTable Empty { get; } = new(ImmutableSortedDictionary.Create<string, ObjectTree>(StringComparer.Ordinal), 0);

    public int Count { get; }

    public StoredObject? Find(string? ns, string name) => ObjectTree.Find(_namespaces.GetValueOrDefault(Partition(ns)), name);

    /// <summary>The objects in key order, of one namespace or (null) of all, from after a key or from the first.</summary>
    public IEnumerable<StoredObject> In(string? ns, string? after = null)
    {
        if (ns is not null)
            return From(Partition(ns), after);
        return _namespaces.Keys.SelectMany(partition => From(partition, after));
    }

    /// <summary>How many objects come after a key.</summary>
    public int CountAfter(string? ns, string key) => ns is not null
        ? CountFrom(Partition(ns), key)
        : _namespaces.Keys.Sum(partition => CountFrom(partition, key));

    public ObjectTable With(StoredObject obj)
    {
        var partition = Partition(obj.Namespace);
        var objects = _namespaces.GetValueOrDefault(partition);
        var next = ObjectTree.With(objects, obj);
        return new ObjectTable(_namespaces.SetItem(partition, next), Count + next.Count - ObjectTree.CountOf(objects));
    }

    public ObjectTable Without(StoredObject obj)
    {
        var partition = Partition(obj.Namespace);
        if (ObjectTree.Find(_namespaces.GetValueOrDefault(partition), obj.Name) is null)
            return this;
        var rest = ObjectTree.Without(_namespaces[partition], obj.Name);
        return new ObjectTable(rest is null ? _namespaces.Remove(partition) : _namespaces.SetItem(partition, rest), Count - 1);
    }

    /// <summary>The key of an object: <c>namespace/name</c>, or the name.</summary>
    public static string Key(StoredObject obj) => Partition(obj.Namespace) + obj.Name;

    // The slash takes part in the comparison: "a-b/x" stands before "a/x".
    private static string Partition(string? ns) => ns is null ? "" : ns + "/";

    private IEnumerable<StoredObject> From(string partition, string? after) => !_namespaces.TryGetValue(partition, out var objects) ? []
        : after is null || IsAfter(partition, after) ? ObjectTree.After(objects, null)
        : after.StartsWith(partition, StringComparison.Ordinal) ? ObjectTree.After(objects, after[partition.Length..])
        : [];

    private int CountFrom(string partition, string after) => !_namespaces.TryGetValue(partition, out var objects) ? 0
        : IsAfter(partition, after) ? objects.Count
        : after.StartsWith(partition, StringComparison.Ordinal) ? ObjectTree.CountAfter(objects, after[partition.Length..])
        : 0;

    private static bool IsAfter(string partition, string key) => string.CompareOrdinal(partition, key) > 0;
}
