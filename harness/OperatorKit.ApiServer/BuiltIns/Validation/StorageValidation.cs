using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Persistent volumes, claims and what makes them.</summary>
internal static class StorageValidation
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    private static readonly string[] Sources =
    [
        "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker", "nfs", "rbd", "quobyte", "cephfs", "iscsi", "cinder", "fc", "flexVolume", "azureFile",
        "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "scaleIO", "local", "storageos", "csi",
    ];

    public static IEnumerable<FieldError> Volume(JsonObject volume, JsonObject? old)
    {
        var spec = volume.ObjectAt("spec") ?? JsonObject.Empty;
        IEnumerable<FieldError> errors =
        [
            .. Checks.Required(spec, "spec", "accessModes"),
            .. Modes(spec, "spec"),
            .. Capacity(spec),
            .. Checks.OneOf(spec, "spec", "persistentVolumeReclaimPolicy", "Delete", "Recycle", "Retain"),
            .. Affinity(spec),
            .. Checks.ExactlyOne(spec, "spec", Sources, "may not specify more than 1 volume type", "must specify a volume type", field => Source(spec, field)),
            .. ClassName(spec, "spec"),
            .. Checks.OneOf(spec, "spec", "volumeMode", "Block", "Filesystem"),
        ];
        // An update is checked as a whole by two who do not know of each other.
        return old?.ObjectAt("spec") is { } before ? [.. errors, .. errors, .. VolumeChange(spec, before)] : errors;
    }

    private static IEnumerable<FieldError> VolumeChange(JsonObject spec, JsonObject before)
    {
        if (!Sources.All(source => Checks.Same(spec[source], before[source])))
            yield return FieldError.Forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
        foreach (var error in Checks.Immutable(spec["volumeMode"], before["volumeMode"], "volumeMode"))
            yield return error;
        if (before.Has("nodeAffinity") && !Checks.Same(spec["nodeAffinity"], before["nodeAffinity"]))
            yield return FieldError.Invalid("nodeAffinity", spec["nodeAffinity"] ?? JsonValue.Null, "field is immutable, except for updating from beta label to GA");
        if (before.Has("volumeAttributesClassName") && !spec.Has("volumeAttributesClassName"))
            yield return FieldError.Forbidden("spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden");
    }

    public static IEnumerable<FieldError> Claim(JsonObject claim, JsonObject? old)
    {
        var spec = claim.ObjectAt("spec") ?? JsonObject.Empty;
        foreach (var error in ClaimSpec(spec, "spec"))
            yield return error;
        if (old?.ObjectAt("spec") is not { } before)
            yield break;
        if (!Fixed(spec, claim, before).Equals(Fixed(before, claim, before)))
            yield return FieldError.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        if (spec.StringAt("resources", "requests", "storage") is { } size && before.StringAt("resources", "requests", "storage") is { } was && QuantityText.Nanos(size) < QuantityText.Nanos(was)
            && QuantityText.Nanos(size) <= QuantityText.Nanos(old.StringAt("status", "capacity", "storage") ?? "0"))
        {
            yield return FieldError.Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }

        foreach (var error in Checks.Immutable(spec["volumeMode"], before["volumeMode"], "volumeMode"))
            yield return error;
    }

    public static IEnumerable<FieldError> ClaimSpec(JsonObject spec, string path) =>
    [
        .. spec.Strings("accessModes").Any() ? [] : (FieldError[])[FieldError.Required($"{path}.accessModes", "at least 1 access mode is required")],
        .. spec.ObjectAt("selector") is { } selector ? Selectors.Validate(selector, $"{path}.selector") : [],
        .. Modes(spec, path),
        .. Size(spec, $"{path}.resources[storage]"),
        .. ClassName(spec, path),
        .. Checks.OneOf(spec, path, "volumeMode", "Block", "Filesystem"),
        .. DataSource(spec, path, "dataSource"),
        .. DataSource(spec, path, "dataSourceRef"),
    ];

    public static IEnumerable<FieldError> StorageClass(JsonObject storage, JsonObject? old)
    {
        IEnumerable<FieldError> unchanged = old is null ? [] : ((string[])["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"]).SelectMany(field => Checks.Immutable(storage[field], old[field], field));
        IEnumerable<FieldError> errors =
        [
            .. StorageTopologyValidation.Provisioner(storage, "provisioner"),
            .. StorageTopologyValidation.Parameters(storage.ObjectAt("parameters")),
            .. Named(storage, "reclaimPolicy", "Delete", "Retain"),
            .. Named(storage, "volumeBindingMode", "Immediate", "WaitForFirstConsumer"),
            .. StorageTopologyValidation.Allowed(storage),
        ];
        // An update only checks what may not change.
        return old is null ? errors : unchanged;
    }

    public static IEnumerable<FieldError> Attachment(JsonObject attachment, JsonObject? old)
    {
        var spec = attachment.ObjectAt("spec") ?? JsonObject.Empty;
        var source = spec.ObjectAt("source") ?? JsonObject.Empty;
        var (hasVolume, hasInline) = (source.Has("persistentVolumeName"), source.Has("inlineVolumeSpec"));
        IEnumerable<FieldError> errors =
        [
            .. DriverName(spec.StringAt("attacher") ?? "", "spec.attacher"),
            .. !hasVolume && !hasInline ? [FieldError.Required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName")] : (FieldError[])[],
            .. hasVolume && hasInline ? [FieldError.Forbidden("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName")] : (FieldError[])[],
            .. Checks.Formatted(spec.StringAt("nodeName") ?? "", "spec.nodeName", NameFormat.Subdomain),
        ];
        return old is null ? errors : errors.Concat(Checks.Immutable(attachment["spec"], old["spec"], "spec"));
    }

    public static IEnumerable<FieldError> Driver(JsonObject driver, JsonObject? old)
    {
        var spec = driver.ObjectAt("spec") ?? JsonObject.Empty;
        IEnumerable<FieldError> errors =
        [
            .. Checks.OneOf(spec, "spec", "fsGroupPolicy", "File", "None", "ReadWriteOnceWithFSType"),
            .. spec.Strings("volumeLifecycleModes").Where(static mode => mode is not ("Ephemeral" or "Persistent")).Select(static mode => FieldError.NotSupported("spec.volumeLifecycleModes", mode, "Persistent", "Ephemeral")),
        ];
        return old?.ObjectAt("spec") is { } before ? errors.Concat(Checks.Immutable(spec["attachRequired"], before["attachRequired"], "spec.attachedRequired")) : errors;
    }

    public static IEnumerable<FieldError> DriverName(string name, string path) => name.Length switch
    {
        0 => [FieldError.Required(path)],
        > 63 => [FieldError.TooLong(path, 63)],
        _ => NameFormat.Subdomain(name.ToLowerInvariant()).Select(problem => FieldError.Invalid(path, name, problem)),
    };

    private static IEnumerable<FieldError> Named(JsonObject storage, string field, params IReadOnlyCollection<string> allowed) =>
        storage.StringAt(field) is { } value && !allowed.Contains(value) ? [FieldError.NotSupported(field, value, allowed)] : [];

    private static IEnumerable<FieldError> Source(JsonObject spec, string field) => VolumeValidation.Source(spec, field == "gcePersistentDisk" ? "spec.persistentDisk" : $"spec.{field}", field)
        .Concat(field == "csi" ? Checks.Required(spec.ObjectAt("csi")!, "spec.csi", "volumeHandle") : [])
        .Concat(field == "local" && !spec.Has("nodeAffinity") ? [FieldError.Required("spec.nodeAffinity", "Local volume requires node affinity")] : []);

    private static IEnumerable<FieldError> Modes(JsonObject spec, string path)
    {
        var modes = spec.Strings("accessModes").ToArray();
        foreach (var mode in modes.Where(static mode => !AccessModes.Contains(mode)))
            yield return FieldError.NotSupported($"{path}.accessModes", mode, AccessModes);
        if (modes.Contains("ReadWriteOncePod") && modes.Any(static mode => mode != "ReadWriteOncePod" && AccessModes.Contains(mode)))
            yield return FieldError.Forbidden($"{path}.accessModes", "may not use ReadWriteOncePod with other access modes");
    }

    private static IEnumerable<FieldError> Capacity(JsonObject spec)
    {
        var capacity = spec.ObjectAt("capacity") ?? JsonObject.Empty;
        if (capacity.Count == 0)
            yield return FieldError.Required("spec.capacity");
        if (capacity.Count != 1 || !capacity.ContainsKey("storage"))
            yield return FieldError.NotSupported("spec.capacity", spec["capacity"] is JsonObject given ? given : JsonValue.Null, "storage");
        foreach (var (name, value) in (IEnumerable<KeyValuePair<string, JsonValue>>)capacity)
        {
            if (value is JsonString amount && QuantityText.Nanos(amount.Value).Sign <= 0)
                yield return FieldError.Invalid($"spec.capacity[{name}]", amount, "must be greater than zero");
        }
    }

    private static IEnumerable<FieldError> Affinity(JsonObject spec)
    {
        if (spec.ObjectAt("nodeAffinity") is not { } affinity)
            return [];
        return affinity.ObjectAt("required") is { } required
            ? SchedulingValidation.NodeSelector(required, "spec.nodeAffinity.required", checksValues: true)
            : [FieldError.Required("spec.nodeAffinity.required", "must specify required node constraints")];
    }

    private static IEnumerable<FieldError> Size(JsonObject spec, string path)
    {
        if (spec.StringAt("resources", "requests", "storage") is not { } storage)
            yield return FieldError.Required(path);
        else if (QuantityText.Nanos(storage).Sign <= 0)
            yield return FieldError.Invalid(path, storage, "must be greater than zero");
    }

    private static IEnumerable<FieldError> ClassName(JsonObject spec, string path) => spec.StringAt("storageClassName") is { Length: > 0 } name
        ? Checks.Formatted(name, $"{path}.storageClassName", NameFormat.Subdomain)
        : [];

    private static IEnumerable<FieldError> DataSource(JsonObject spec, string path, string field)
    {
        if (spec.ObjectAt(field) is not { } source)
            yield break;
        foreach (var error in Checks.Required(source, $"{path}.{field}", "name", "kind"))
            yield return error;
        if (string.IsNullOrEmpty(source.StringAt("apiGroup")) && source.StringAt("kind") is { } kind && kind != "PersistentVolumeClaim")
            yield return FieldError.Invalid($"{path}.{field}", kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }

    /// <summary>The spec without what a claim may still change: its size and attributes once it is bound, its volume and class until they are known.</summary>
    private static JsonObject Fixed(JsonObject spec, JsonObject claim, JsonObject before)
    {
        if (claim.StringAt("status", "phase") == "Bound")
            spec = spec.Change("resources", static resources => resources.Without("requests")).Without("volumeAttributesClassName");
        if (before.StringAt("volumeName") is null or "")
            spec = spec.Without("volumeName");
        return before.Has("storageClassName") ? spec : spec.Without("storageClassName");
    }
}
