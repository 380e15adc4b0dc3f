using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>Defaults of volumes, claims and storage kinds.</summary>
internal static class VolumeDefaults
{
    private const long FileMode = 420;

    public static JsonObject Volume(JsonObject volume)
    {
        if (volume.Keys.All(static key => key == "name" || key.Length == 0))
            return volume.With("emptyDir", JsonObject.Empty);
        return Source(volume)
            .Change("secret", static source => source.OrDefault("defaultMode", FileMode))
            .Change("configMap", static source => source.OrDefault("defaultMode", FileMode))
            .Change("downwardAPI", static source => source.OrDefault("defaultMode", FileMode).ChangeEach("items", PodDefaults.FieldReference))
            .Change("projected", static source => source.OrDefault("defaultMode", FileMode).ChangeEach("sources", Projection))
            .Change("image", static source => source.OrDefaultText("pullPolicy", PodDefaults.PullPolicy(source.StringAt("reference"))))
            .Change("ephemeral", static source => source.Change("volumeClaimTemplate", static template => template.Change("spec", ClaimSpec)));
    }

    public static JsonObject Claim(JsonObject claim) => claim.Change("spec", ClaimSpec).ChangeOrAdd("status", static status => status.OrDefaultText("phase", "Pending"));

    public static JsonObject PersistentVolume(JsonObject volume) => volume
        .Change("spec", static spec => Source(spec).OrDefaultText("persistentVolumeReclaimPolicy", "Retain").OrDefault("volumeMode", "Filesystem"))
        .ChangeOrAdd("status", static status => status.OrDefaultText("phase", "Pending"));

    public static JsonObject StorageClass(JsonObject storage) => storage.OrDefault("reclaimPolicy", "Delete").OrDefault("volumeBindingMode", "Immediate");

    public static JsonObject CsiDriver(JsonObject driver) => driver.Change("spec", static spec =>
    {
        spec = spec
            .OrDefault("attachRequired", true)
            .OrDefault("podInfoOnMount", false)
            .OrDefault("storageCapacity", false)
            .OrDefault("fsGroupPolicy", "ReadWriteOnceWithFSType")
            .OrDefault("requiresRepublish", false)
            .OrDefault("seLinuxMount", false);
        return spec["volumeLifecycleModes"] is JsonArray { Count: > 0 } ? spec : spec.With("volumeLifecycleModes", JsonArray.Of("Persistent"));
    });

    private static JsonObject ClaimSpec(JsonObject spec) => spec.OrDefault("volumeMode", "Filesystem");

    private static JsonObject Projection(JsonObject source) => source
        .Change("serviceAccountToken", static token => token.OrDefault("expirationSeconds", 3600))
        .Change("downwardAPI", static api => api.ChangeEach("items", PodDefaults.FieldReference));

    private static JsonObject Source(JsonObject owner) => owner
        .Change("hostPath", static source => source.OrDefault("type", ""))
        .Change("iscsi", static source => source.OrDefaultText("iscsiInterface", "default"))
        .Change("rbd", static source => source.OrDefaultText("pool", "rbd").OrDefaultText("user", "admin").OrDefaultText("keyring", "/etc/ceph/keyring"))
        .Change("azureDisk", static source => source.OrDefault("cachingMode", "ReadWrite").OrDefault("kind", "Shared").OrDefault("fsType", "ext4").OrDefault("readOnly", false))
        .Change("scaleIO", static source => source.OrDefaultText("storageMode", "ThinProvisioned").OrDefaultText("fsType", "xfs"));
}
