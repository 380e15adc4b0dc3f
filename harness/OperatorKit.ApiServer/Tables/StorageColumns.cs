using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of volumes and their classes.</summary>
internal static class StorageColumns
{
    public static TableLayout PersistentVolume { get; } = new(
        Cells.Name,
        Cells.Text("Capacity", "How much the volume holds.", static obj => Cells.Plain(obj.At("spec", "capacity", "storage"))),
        Cells.Text("Access Modes", "How it may be mounted.", static obj => AccessModes(obj.Texts("spec", "accessModes"))),
        Cells.Text("Reclaim Policy", "What becomes of it without a claim.", static obj => obj.StringAt("spec", "persistentVolumeReclaimPolicy")),
        Cells.Text("Status", "Whether it is free or bound.", static obj => Phase(obj)),
        Cells.Text("Claim", "The claim that it is bound to.", static obj => obj.ObjectAt("spec", "claimRef") is { } claim ? $"{claim.StringAt("namespace")}/{claim.StringAt("name")}" : ""),
        Cells.Text("StorageClass", "The class of the volume.", StorageClassOf),
        Cells.Text("VolumeAttributesClass", "The class of its attributes.", static obj => obj.StringAt("spec", "volumeAttributesClassName").Or(Cells.Unset)),
        Cells.Text("Reason", "Why it failed.", static obj => obj.StringAt("status", "reason")),
        Cells.Age,
        Cells.Wide("VolumeMode", "Whether it is a file system or a block device.", static obj => obj.StringAt("spec", "volumeMode").Or(Cells.Unset)));

    public static TableLayout PersistentVolumeClaim { get; } = new(
        Cells.Name,
        Cells.Text("Status", "Whether the claim is bound.", static obj => Phase(obj)),
        Cells.Text("Volume", "The volume that it is bound to.", static obj => obj.StringAt("spec", "volumeName")),
        Cells.Text("Capacity", "How much the volume holds.", static obj => IsBound(obj) ? Cells.Plain(obj.At("status", "capacity", "storage")) : ""),
        Cells.Text("Access Modes", "How it may be mounted.", static obj => IsBound(obj) ? AccessModes(obj.Texts("status", "accessModes")) : ""),
        Cells.Text("StorageClass", "The class of the volume.", StorageClassOf),
        Cells.Text("VolumeAttributesClass", "The class of its attributes.", static obj => obj.StringAt("spec", "volumeAttributesClassName").Or(Cells.Unset)),
        Cells.Age,
        Cells.Wide("VolumeMode", "Whether it is a file system or a block device.", static obj => obj.StringAt("spec", "volumeMode").Or(Cells.Unset)));

    public static TableLayout StorageClass { get; } = new(
        Cells.Text("Name", Cells.Name.Description, static obj => obj.StringAt("metadata", "annotations", "storageclass.kubernetes.io/is-default-class") == "true" ? obj.StringAt("metadata", "name") + " (default)" : obj.StringAt("metadata", "name")) with
        {
            Format = "name",
        },
        Cells.Text("Provisioner", "What makes volumes of the class.", static obj => obj.StringAt("provisioner")),
        Cells.Text("ReclaimPolicy", "What becomes of its volumes without a claim.", static obj => obj.StringAt("reclaimPolicy").Or("Delete")),
        Cells.Text("VolumeBindingMode", "When volumes are made and bound.", static obj => obj.StringAt("volumeBindingMode").Or("Immediate")),
        new TableColumn("AllowVolumeExpansion", "string", "Whether its volumes can grow.", 0, static (obj, _) => obj.BoolAt("allowVolumeExpansion") ?? false),
        Cells.Age);

    public static TableLayout VolumeAttachment { get; } = new(
        Cells.Name,
        Cells.Text("Attacher", "The driver that attaches the volume.", static obj => obj.StringAt("spec", "attacher")) with { Format = "name" },
        Cells.Text("PV", "The volume.", static obj => obj.StringAt("spec", "source", "persistentVolumeName")),
        Cells.Text("Node", "The node that it is attached to.", static obj => obj.StringAt("spec", "nodeName")),
        Cells.Flag("Attached", "Whether it is attached.", "status", "attached"),
        Cells.Age);

    public static TableLayout Node { get; } = new(
        Cells.Name,
        new TableColumn("Drivers", "integer", "How many drivers the node has.", 0, static (obj, _) => obj.Objects("spec", "drivers").Count()),
        Cells.Age);

    public static TableLayout Driver { get; } = new(
        Cells.Name,
        new TableColumn("AttachRequired", "boolean", "Whether its volumes are attached first.", 0, static (obj, _) => obj.BoolAt("spec", "attachRequired") ?? true),
        Cells.Flag("PodInfoOnMount", "Whether it is told about the pod.", "spec", "podInfoOnMount"),
        Cells.Flag("StorageCapacity", "Whether it says how much is free.", "spec", "storageCapacity"),
        Cells.Text("TokenRequests", "The tokens that it needs.", static obj => obj.ArrayAt("spec", "tokenRequests") is null ? Cells.Unset : string.Join(',', obj.Objects("spec", "tokenRequests").Select(static token => token.StringAt("audience")))),
        Cells.Flag("RequiresRepublish", "Whether volumes are published again and again.", "spec", "requiresRepublish"),
        Cells.Text("Modes", "How long its volumes live.", static obj => string.Join(',', obj.Texts("spec", "volumeLifecycleModes")).Or(Cells.None)),
        Cells.Age);

    public static TableLayout AttributesClass { get; } = new(
        Cells.Name,
        Cells.Text("DriverName", "The driver that knows the attributes.", static obj => obj.StringAt("driverName")),
        Cells.Age);

    private static bool IsBound(JsonObject claim) => claim.StringAt("spec", "volumeName") is { Length: > 0 };

    private static string Phase(JsonObject obj) => obj.At("metadata", "deletionTimestamp") is null ? obj.StringAt("status", "phase") ?? "" : "Terminating";

    private static string StorageClassOf(JsonObject obj) => obj.StringAt("metadata", "annotations", "volume.beta.kubernetes.io/storage-class") ?? obj.StringAt("spec", "storageClassName") ?? "";

    private static string AccessModes(IEnumerable<string> modes) => string.Join(',', modes.Distinct().Select(static mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));
}
