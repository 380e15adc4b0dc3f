using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;
using WellKnown = OperatorKit.ApiServer.Controllers.WellKnown;

namespace OperatorKit.ApiServer.Workloads.Storage;

/// <summary>
/// A claim may only grow while it is bound, and where its storage class lets its volumes grow.
/// See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims.
/// </summary>
internal sealed class VolumeExpansion(Store store) : IAdmission
{
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Object: { } claim, OldObject: { } old } || request.Target.Subresource is not null || request.Target.Type.Resource != WellKnown.PersistentVolumeClaims)
            return ValueTask.CompletedTask;
        if (Size(claim) is not { } size || QuantityText.Nanos(size) <= QuantityText.Nanos(Size(old) ?? "0"))
            return ValueTask.CompletedTask;
        if (old.StringAt("status", "phase") != "Bound")
            throw request.Forbidden("Only bound persistent volume claims can be expanded");
        if (!MayGrow(claim.StringAt("spec", "storageClassName"), old.StringAt("spec", "storageClassName")))
            throw request.Forbidden("only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
        return ValueTask.CompletedTask;
    }

    private static string? Size(JsonObject claim) => claim.StringAt("spec", "resources", "requests", "storage");

    private bool MayGrow(string? name, string? before) =>
        name is { Length: > 0 } && name == before && store.Find(WellKnown.StorageClasses, null, name)?.Value.BoolAt("allowVolumeExpansion") == true;
}
