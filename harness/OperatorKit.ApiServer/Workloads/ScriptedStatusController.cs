using System.Text.Json.Nodes;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;
using static OperatorKit.ApiServer.Controllers.ControllerAction;
using JsonObject = OperatorKit.ApiServer.Json.JsonObject;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Writes the status that a function of the user gives.</summary>
internal sealed class ScriptedStatusController(ScriptedStatus script) : IController
{
    public string Name => "scripted-status";

    public GroupResource Resource { get; } = new(script.Group, script.Resource);

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) =>
        change.Key.Resource == Resource && !change.IsDeletion ? [change.Key] : [];

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false } item)
            return Decision.Nothing;
        var due = (KubernetesTime.Parse(item.StringAt("metadata", "creationTimestamp")) ?? now) + script.After;
        if (due > now)
            return Decision.At(due);
        var status = script.Answer(ToNode(item)) is { } answer ? JsonParser.Parse(System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString())).Value : null;
        return status is null || status.Equals(item["status"]) ? Decision.Nothing : new Replace(key, item.With("status", status), "status");
    }

    public static System.Text.Json.Nodes.JsonObject ToNode(JsonObject item) => JsonNode.Parse(JsonText.ToUtf8(item))!.AsObject();
}
