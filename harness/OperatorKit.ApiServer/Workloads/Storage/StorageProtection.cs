using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads.Storage;

/// <summary>Takes the protection off deleted claims that no pod uses, and off deleted volumes that no claim is bound to.</summary>
internal sealed class StorageProtection : IController
{
    private const string ClaimFinalizer = "kubernetes.io/pvc-protection";
    private const string VolumeFinalizer = "kubernetes.io/pv-protection";

    public string Name => "storage-protection-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == WellKnown.PersistentVolumeClaims || change.Key.Resource == WellKnown.PersistentVolumes)
            yield return change.Key;
        if (change.Key.Resource == WellKnown.PersistentVolumeClaims && change.IsDeletion && change.Object.StringAt("spec", "volumeName") is { } volume)
            yield return new ObjectKey(WellKnown.PersistentVolumes, "", volume);
        if (change.Key.Resource != WellKnown.Pods)
            yield break;
        foreach (var claim in ClaimsOf(change.Object))
            yield return new ObjectKey(WellKnown.PersistentVolumeClaims, change.Key.Namespace, claim);
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: true } item)
            return Decision.Nothing;
        if (key.Resource == WellKnown.PersistentVolumeClaims)
        {
            var used = view.In(WellKnown.Pods, key.Namespace).Values.Any(pod => !pod.IsFinished && ClaimsOf(pod).Contains(key.Name));
            return !used && item.HasFinalizer(ClaimFinalizer) ? new Replace(key, item.WithoutFinalizer(ClaimFinalizer)) : Decision.Nothing;
        }

        return item.StringAt("status", "phase") != "Bound" && item.HasFinalizer(VolumeFinalizer) ? new Replace(key, item.WithoutFinalizer(VolumeFinalizer)) : Decision.Nothing;
    }

    private static IEnumerable<string> ClaimsOf(JsonObject pod) => (pod.ArrayAt("spec", "volumes") ?? JsonArray.Empty).Items.OfType<JsonObject>()
        .Select(static volume => volume.StringAt("persistentVolumeClaim", "claimName")).OfType<string>();
}
