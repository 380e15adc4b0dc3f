using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Tests.Controllers;

/// <summary>Views for decision tests, and the objects in them.</summary>
internal static class ViewOf
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static ClusterView Objects(params IEnumerable<(GroupResource Resource, JsonObject Object)> objects)
    {
        var view = new ClusterView();
        foreach (var (resource, value) in objects)
            view.Apply(new ObjectChange(KeyOf(resource, value), null, value));
        return view;
    }

    public static ObjectKey KeyOf(GroupResource resource, JsonObject value) => new(resource, value.Namespace, value.Name);

    public static (GroupResource, JsonObject) ConfigMap(string name, string? uid = null, JsonArray? owners = null, bool deleting = false, string[]? finalizers = null, string ns = "default") =>
        (WellKnown.ConfigMaps, Object("v1", "ConfigMap", name, uid ?? $"uid-{name}", owners, deleting, finalizers, ns));

    public static JsonObject Object(string apiVersion, string kind, string name, string uid, JsonArray? owners = null, bool deleting = false, string[]? finalizers = null, string ns = "default")
    {
        var metadata = JsonObject.Of(("name", name), ("uid", uid), ("resourceVersion", "7"));
        if (ns.Length > 0)
            metadata = metadata.With("namespace", ns);
        if (owners is not null)
            metadata = metadata.With("ownerReferences", owners);
        if (deleting)
            metadata = metadata.With("deletionTimestamp", KubernetesTime.Format(Noon));
        if (finalizers is not null)
            metadata = metadata.With("finalizers", JsonArray.Of(finalizers.Select(JsonValue.From)));
        return JsonObject.Of(("apiVersion", apiVersion), ("kind", kind), ("metadata", metadata));
    }

    public static JsonArray OwnedBy(params IEnumerable<(string Name, string Uid)> owners) => JsonArray.Of(owners.Select(owner => JsonObject.Of(
        ("apiVersion", "v1"), ("kind", "ConfigMap"), ("name", owner.Name), ("uid", owner.Uid), ("blockOwnerDeletion", true))));
}
