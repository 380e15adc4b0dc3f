using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Storage;

/// <summary>
/// All objects of a resource at one revision. Immutable; a change shares everything but the path to it.
/// The order is that of etcd keys, "namespace/name" compared byte by byte.
/// </summary>
internal sealed class ObjectTable
{
    private static readonly ImmutableSortedDictionary<string, StoredObject> NoObjects = ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> _namespaces;

    private ObjectTable(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> namespaces, int count)
    {
        _namespaces = namespaces;
        Count = count;
    }

    public static ObjectTable Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(StringComparer.Ordinal), 0);

    public int Count { get; }

    public StoredObject? Find(string? ns, string name) =>
        _namespaces.TryGetValue(Partition(ns), out var objects) ? objects.GetValueOrDefault(name) : null;

    /// <summary>The objects in key order, of one namespace or (null) of all.</summary>
    public IEnumerable<StoredObject> In(string? ns)
    {
        if (ns is not null)
            return _namespaces.TryGetValue(Partition(ns), out var objects) ? objects.Values : [];
        return _namespaces.Values.SelectMany(static objects => objects.Values);
    }

    public ObjectTable With(StoredObject obj)
    {
        var partition = Partition(obj.Namespace);
        var objects = _namespaces.GetValueOrDefault(partition, NoObjects);
        var added = objects.ContainsKey(obj.Name) ? 0 : 1;
        return new ObjectTable(_namespaces.SetItem(partition, objects.SetItem(obj.Name, obj)), Count + added);
    }

    public ObjectTable Without(StoredObject obj)
    {
        var partition = Partition(obj.Namespace);
        if (!_namespaces.TryGetValue(partition, out var objects) || !objects.ContainsKey(obj.Name))
            return this;
        var rest = objects.Remove(obj.Name);
        return new ObjectTable(rest.IsEmpty ? _namespaces.Remove(partition) : _namespaces.SetItem(partition, rest), Count - 1);
    }

    // The slash takes part in the comparison: "a-b/x" stands before "a/x".
    private static string Partition(string? ns) => ns is null ? "" : ns + "/";
}
