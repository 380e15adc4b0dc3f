using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads.Storage;

/// <summary>Makes a volume for each claim and binds the two at once; deletes the volume with its claim unless it is to be retained.</summary>
internal sealed class VolumeBinder : IController
{
    public string Name => "persistentvolume-binder";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == WellKnown.PersistentVolumeClaims)
        {
            yield return change.Key;
            if (change.IsDeletion && change.Object.StringAt("spec", "volumeName") is { } volume)
                yield return new ObjectKey(WellKnown.PersistentVolumes, "", volume);
        }
        else if (change.Key.Resource == WellKnown.PersistentVolumes)
        {
            yield return change.Key;
            if (change.Object.ObjectAt("spec", "claimRef") is { } claim)
                yield return new ObjectKey(WellKnown.PersistentVolumeClaims, claim.StringAt("namespace") ?? "", claim.StringAt("name") ?? "");
        }
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now) => view[key] switch
    {
        null => Decision.Nothing,
        var volume when key.Resource == WellKnown.PersistentVolumes => DecideVolume(key, volume, view),
        { IsDeleting: false } claim => DecideClaim(key, claim, view),
        _ => Decision.Nothing,
    };

    private static Decision DecideClaim(ObjectKey key, JsonObject claim, ClusterView view)
    {
        var name = claim.StringAt("spec", "volumeName") is { Length: > 0 } named ? named : $"pvc-{claim.Uid}";
        var volumeKey = new ObjectKey(WellKnown.PersistentVolumes, "", name);
        if (view[volumeKey] is not { } volume)
            return name.StartsWith("pvc-", StringComparison.Ordinal) ? new Create(volumeKey, NewVolume(name, claim)) : Decision.Nothing;
        if (claim.StringAt("spec", "volumeName") is null or "")
            return new Replace(key, claim.WithAt(["spec", "volumeName"], name).WithAt(["metadata", "annotations", "pv.kubernetes.io/bind-completed"], "yes"));
        var status = (claim.ObjectAt("status") ?? JsonObject.Empty)
            .With("phase", "Bound")
            .With("accessModes", volume.ArrayAt("spec", "accessModes") ?? JsonArray.Empty)
            .With("capacity", volume.ObjectAt("spec", "capacity") ?? JsonObject.Empty);
        return status.Equals(claim.ObjectAt("status")) ? Decision.Nothing : new Replace(key, claim.With("status", status), "status");
    }

    private static Decision DecideVolume(ObjectKey key, JsonObject volume, ClusterView view)
    {
        if (volume.IsDeleting || volume.ObjectAt("spec", "claimRef") is not { } reference)
            return Decision.Nothing;
        var claim = view[new ObjectKey(WellKnown.PersistentVolumeClaims, reference.StringAt("namespace") ?? "", reference.StringAt("name") ?? "")];
        var bound = claim is not null && claim.Uid == reference.StringAt("uid");
        if (!bound && volume.StringAt("spec", "persistentVolumeReclaimPolicy") == "Delete")
            return new Delete(key, volume.Uid);
        var phase = bound ? "Bound" : "Released";
        return volume.StringAt("status", "phase") == phase ? Decision.Nothing : new Replace(key, volume.WithAt(["status", "phase"], phase), "status");
    }

    private static JsonObject NewVolume(string name, JsonObject claim)
    {
        var spec = JsonObject.Of(
            ("accessModes", claim.ArrayAt("spec", "accessModes") ?? JsonArray.Of("ReadWriteOnce")),
            ("capacity", claim.ObjectAt("spec", "resources", "requests") ?? JsonObject.Empty),
            ("claimRef", JsonObject.Of(
                ("apiVersion", "v1"), ("kind", "PersistentVolumeClaim"), ("name", claim.Name), ("namespace", claim.Namespace), ("uid", claim.Uid))),
            ("hostPath", JsonObject.Of(("path", $"/var/lib/volumes/{name}"))),
            ("persistentVolumeReclaimPolicy", "Delete"));
        if (claim.StringAt("spec", "storageClassName") is { } storageClass)
            spec = spec.With("storageClassName", storageClass);
        return JsonObject.Of(
            ("apiVersion", "v1"),
            ("kind", "PersistentVolume"),
            ("metadata", JsonObject.Of(("name", name), ("annotations", JsonObject.Of(("pv.kubernetes.io/provisioned-by", "operatorkit"))))),
            ("spec", spec));
    }
}
