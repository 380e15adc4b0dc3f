using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>
/// Admission that lets nothing be created in a namespace that is missing or on its way out, and keeps the system's own
/// namespaces from being deleted.
/// </summary>
internal sealed class NamespaceLifecycle(Store store) : IAdmission
{
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    public ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var target = request.Target;
        if (request.Operation == "CREATE" && target.Subresource is null && target.Type.Namespaced && !target.Type.Traits.Virtual)
            RequireLive(target, request.Object);
        return new(request.Object);
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var target = request.Target;
        if (request.Operation == "DELETE" && target.Type.Resource == WellKnown.Namespaces && Immortal.Contains(target.Name))
            throw Failures.Forbidden(WellKnown.Namespaces, target.Name!, "this namespace may not be deleted");
        return ValueTask.CompletedTask;
    }

    private void RequireLive(ResourceTarget target, JsonObject? value)
    {
        var ns = target.Namespace ?? value?.Namespace ?? "";
        if (store.Find(WellKnown.Namespaces, null, ns) is not { } stored)
            throw Failures.NotFound(WellKnown.Namespaces, ns);
        if (!stored.Value.IsDeleting)
            return;
        var cause = JsonObject.Of(
            ("reason", "NamespaceTerminating"),
            ("message", $"namespace {ns} is being terminated"),
            ("field", "metadata.namespace"));
        throw Failures.Forbidden(
            target.Type.Resource,
            target.Name ?? value?.Name ?? "",
            $"unable to create new content in namespace {ns} because it is being terminated",
            JsonArray.Of(cause));
    }
}
