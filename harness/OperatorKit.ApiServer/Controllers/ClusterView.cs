using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>
/// What the controllers have observed so far: every object, by place and by owner. One loop feeds it and lets the
/// controllers read it between two changes, so a decision always sees the state that all earlier actions left.
/// </summary>
internal sealed class ClusterView
{
    private static readonly SortedDictionary<string, JsonObject> None = [];

    private readonly Dictionary<GroupResource, SortedDictionary<string, SortedDictionary<string, JsonObject>>> _objects = [];
    private readonly Dictionary<string, ObjectKey> _byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<ObjectKey>> _dependents = new(StringComparer.Ordinal);

    public JsonObject? this[ObjectKey key] => InNamespace(key.Resource, key.Namespace).GetValueOrDefault(key.Name);

    public void Apply(ObjectChange change)
    {
        if (change.Before is { } before)
            Forget(change.Key, before);
        if (change.After is { } after)
            Remember(change.Key, after);
    }

    /// <summary>All objects of a resource, by namespace and name.</summary>
    public IEnumerable<JsonObject> All(GroupResource resource) =>
        _objects.TryGetValue(resource, out var namespaces) ? namespaces.Values.SelectMany(static objects => objects.Values) : [];

    /// <summary>The objects of a resource in one namespace, by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> In(GroupResource resource, string @namespace) => InNamespace(resource, @namespace);

    /// <summary>Everything that lives in a namespace, by resource and name.</summary>
    public IEnumerable<KeyValuePair<ObjectKey, JsonObject>> ContentOf(string @namespace) => _objects.Keys.Order(ObjectKey.ResourceOrder).SelectMany(resource =>
        InNamespace(resource, @namespace).Select(entry => KeyValuePair.Create(new ObjectKey(resource, @namespace, entry.Key), entry.Value)));

    public ObjectKey? ByUid(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>The objects with an owner reference to that uid, whether or not the owner exists.</summary>
    public IReadOnlyCollection<ObjectKey> DependentsOf(string uid) => _dependents.TryGetValue(uid, out var keys) ? keys : [];

    /// <summary>The objects of a resource whose controller is the object of that uid, by name.</summary>
    public IEnumerable<JsonObject> ControlledBy(string uid, GroupResource resource) => DependentsOf(uid)
        .Where(key => key.Resource == resource)
        .Select(key => this[key]!)
        .Where(dependent => dependent.IsControlledBy(uid));

    private SortedDictionary<string, JsonObject> InNamespace(GroupResource resource, string @namespace) =>
        _objects.TryGetValue(resource, out var namespaces) && namespaces.TryGetValue(@namespace, out var objects) ? objects : None;

    private void Remember(ObjectKey key, JsonObject value)
    {
        if (!_objects.TryGetValue(key.Resource, out var namespaces))
            _objects[key.Resource] = namespaces = new(StringComparer.Ordinal);
        if (!namespaces.TryGetValue(key.Namespace, out var objects))
            namespaces[key.Namespace] = objects = new(StringComparer.Ordinal);
        objects[key.Name] = value;
        _byUid[value.Uid] = key;
        foreach (var reference in value.OwnerReferences)
        {
            if (!_dependents.TryGetValue(reference.Uid, out var dependents))
                _dependents[reference.Uid] = dependents = [];
            dependents.Add(key);
        }
    }

    private void Forget(ObjectKey key, JsonObject value)
    {
        if (_objects.TryGetValue(key.Resource, out var namespaces) && namespaces.TryGetValue(key.Namespace, out var objects))
        {
            objects.Remove(key.Name);
            if (objects.Count == 0)
                namespaces.Remove(key.Namespace);
        }

        _byUid.Remove(value.Uid);
        foreach (var reference in value.OwnerReferences)
        {
            if (_dependents.TryGetValue(reference.Uid, out var dependents) && dependents.Remove(key) && dependents.Count == 0)
                _dependents.Remove(reference.Uid);
        }
    }
}
