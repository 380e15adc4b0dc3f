using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>POST to <c>/binding</c> of a pod, or to <c>bindings</c>: what a scheduler does to assign it to a node.</summary>
internal sealed class PodBinding(Store store, TimeProvider clock)
{
    public Task<WriteResult> HandleAsync(ResourceTarget target, string verb, RequestBody? body, RequestContext request, CancellationToken cancellationToken)
    {
        if (verb != "create" || body is null)
            throw Failures.MethodNotAllowed();
        if (target.Name is not null && body.Value.Name != target.Name)
            throw Failures.BadRequest("name in URL does not match name in Binding object");
        var node = body.Value.StringAt("target", "name") ?? "";
        var kind = body.Value.StringAt("target", "kind") ?? "";
        FieldError[] errors =
        [
            .. kind is "" or "Node" ? [] : (FieldError[])[FieldError.NotSupported("target.kind", kind, "Node", "<empty>")],
            .. node.Length > 0 ? [] : (FieldError[])[FieldError.Required("target.name")],
        ];
        if (errors.Length > 0)
            throw Failures.Unreasoned(errors.Length == 1 ? errors[0].ToString() : $"[{string.Join(", ", errors.AsEnumerable())}]");
        while (true)
        {
            var stored = store.Find(WellKnown.Pods, target.Namespace, body.Value.Name) ?? throw Failures.NotFound(WellKnown.Pods, body.Value.Name);
            Check(stored.Value);
            if (request.DryRun || store.TryPut(WellKnown.Pods, stored.Namespace, stored.Name, Bound(stored.Value, body.Value, node), stored) is not null)
                return Task.FromResult(new WriteResult(Success, Created: true));
        }
    }

    private static JsonObject Success => JsonObject.Of(
        ("kind", "Status"), ("apiVersion", "v1"), ("metadata", JsonObject.Empty), ("status", "Success"), ("code", 201));

    private static void Check(JsonObject pod)
    {
        if (pod.IsDeleting)
            throw Failures.Conflict(new GroupResource("", "pods/binding"), pod.Name, $"pod {pod.Name} is being deleted, cannot be assigned to a host");
        if (pod.NodeName.Length > 0)
            throw Failures.Conflict(new GroupResource("", "pods/binding"), pod.Name, $"pod {pod.Name} is already assigned to node \"{pod.NodeName}\"");
    }

    private JsonObject Bound(JsonObject pod, JsonObject binding, string node)
    {
        var conditions = Conditions.Set(pod, clock.GetUtcNow(), new Condition("PodScheduled", true, "", "")).Items.OfType<JsonObject>();
        foreach (var (name, value) in binding.ObjectAt("metadata", "annotations") ?? JsonObject.Empty)
            pod = pod.WithAt(["metadata", "annotations", name], value);
        return pod
            .WithAt(["spec", "nodeName"], node)
            .WithAt(["status", "conditions"], JsonArray.Of(conditions.Select(static entry => entry.ContainsKey("lastProbeTime") ? entry : entry.With("lastProbeTime", JsonValue.Null))));
    }
}
