using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Events;

/// <summary>Deletes Events an hour after they were last written.</summary>
internal sealed class EventExpiry : IController
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public string Name => "event-ttl";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) =>
        change.Key.Resource == WellKnown.Events && !change.IsDeletion ? [change.Key] : [];

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { } item)
            return Decision.Nothing;
        var expires = (LastWritten(item) ?? now) + Life;
        return expires > now ? Decision.At(expires) : new Delete(key, item.Uid);
    }

    // The times in an Event are its reporter's and may be long past; the server's own say when it was written.
    private static DateTimeOffset? LastWritten(JsonObject item) => (item.ArrayAt("metadata", "managedFields")?.OfType<JsonObject>() ?? [])
        .Select(static entry => entry.StringAt("time"))
        .Append(item.StringAt("metadata", "creationTimestamp"))
        .Select(KubernetesTime.Parse)
        .Max();
}
