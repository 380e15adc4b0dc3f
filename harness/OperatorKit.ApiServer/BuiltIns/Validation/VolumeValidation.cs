using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The volumes of a pod.</summary>
internal static class VolumeValidation
{
    private const string FileMode = "must be a number between 0 and 0777 (octal), both inclusive";

    private static readonly string[] Sources =
    [
        "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi", "glusterfs", "flocker", "persistentVolumeClaim",
        "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc", "flexVolume", "configMap", "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume",
        "azureDisk", "storageos", "projected", "scaleIO", "csi", "ephemeral", "image",
    ];

    private static readonly string[] Projections = ["secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"];

    private static readonly string[] HostPathTypes = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    /// <param name="spec">The pod's spec.</param>
    /// <param name="path">The path of its volumes.</param>
    /// <param name="names">The names of the volumes that are as they should be are added.</param>
    public static IEnumerable<FieldError> Validate(JsonObject spec, string path, HashSet<string> names)
    {
        var i = 0;
        foreach (var volume in spec.Objects("volumes"))
        {
            var at = Checks.At(path, i++);
            var name = volume.StringAt("name") ?? "";
            var errors = Source(volume, at).ToList();
            if (name.Length == 0)
                errors.Add(FieldError.Required($"{at}.name"));
            else
                errors.AddRange(Checks.Formatted(name, $"{at}.name", NameFormat.Label));
            if (name.Length > 0 && names.Contains(name))
                errors.Add(FieldError.Duplicate($"{at}.name", name));
            if (errors.Count == 0)
                names.Add(name);
            foreach (var error in errors)
                yield return error;
        }
    }

    /// <summary>What a volume is made of, in a pod or a persistent volume.</summary>
    public static IEnumerable<FieldError> Source(JsonObject owner, string at, string field) => owner.ObjectAt(field) is not { } source ? [] : field switch
    {
        "hostPath" => Checks.Required(source, at, "path").Concat(NoBacksteps(source, at)).Concat(HostPathType(source, at)),
        "gitRepo" => Checks.Required(source, at, "repository"),
        "gcePersistentDisk" => Checks.Required(source, at, "pdName"),
        "awsElasticBlockStore" or "portworxVolume" or "cinder" => Checks.Required(source, at, "volumeID"),
        "nfs" => Checks.Required(source, at, "server", "path").Concat(Absolute(source, at)),
        "iscsi" => Checks.Required(source, at, "targetPortal", "iqn").Concat(Checks.Between(source, at, "lun", 0, 255)),
        "glusterfs" => Checks.Required(source, at, "endpoints", "path"),
        "rbd" => Checks.Required(source, at, "monitors", "image"),
        "cephfs" => Checks.Required(source, at, "monitors"),
        "azureFile" => Checks.Required(source, at, "secretName", "shareName"),
        "azureDisk" => Checks.Required(source, at, "diskName", "diskURI"),
        "vsphereVolume" => Checks.Required(source, at, "volumePath"),
        "photonPersistentDisk" => Checks.Required(source, at, "pdID"),
        "scaleIO" => Checks.Required(source, at, "gateway", "system", "volumeName"),
        "storageos" => Checks.Required(source, at, "volumeName"),
        "flexVolume" => Checks.Required(source, at, "driver"),
        "secret" => Checks.Required(source, at, "secretName").Concat(Mode(source, at, "defaultMode")).Concat(Items(source, at)),
        "configMap" => Checks.Required(source, at, "name").Concat(Mode(source, at, "defaultMode")).Concat(Items(source, at)),
        "persistentVolumeClaim" => Checks.Required(source, at, "claimName"),
        "downwardAPI" => Mode(source, at, "defaultMode").Concat(Files(source, at)),
        "projected" => Mode(source, at, "defaultMode").Concat(Projected(source, at)),
        "csi" => StorageValidation.DriverName(source.StringAt("driver") ?? "", $"{at}.driver"),
        "ephemeral" => Ephemeral(source, at),
        "image" => Checks.Required(source, at, "reference").Concat(Checks.OneOf(source, at, "pullPolicy", "Always", "IfNotPresent", "Never")),
        "local" => Checks.Required(source, at, "path").Concat(NoBacksteps(source, at)),
        _ => [],
    };

    private static IEnumerable<FieldError> Source(JsonObject volume, string at) => Checks.ExactlyOne(
        volume, at, Sources, "may not specify more than 1 volume type", "must specify a volume type", field => Source(volume, $"{at}.{field}", field));

    private static IEnumerable<FieldError> Ephemeral(JsonObject source, string at) => source.ObjectAt("volumeClaimTemplate") is { } template
        ? StorageValidation.ClaimSpec(template.ObjectAt("spec") ?? JsonObject.Empty, $"{at}.volumeClaimTemplate.spec")
        : [FieldError.Required($"{at}.volumeClaimTemplate")];

    private static IEnumerable<FieldError> NoBacksteps(JsonObject source, string at) => source.StringAt("path") is { Length: > 0 } path ? Checks.Formatted(path, $"{at}.path", Formats.NoBacksteps) : [];

    private static IEnumerable<FieldError> HostPathType(JsonObject source, string at) => Checks.OneOf(source, at, "type", HostPathTypes);

    private static IEnumerable<FieldError> Absolute(JsonObject source, string at) =>
        source.StringAt("path")?.StartsWith('/') == true ? [] : [FieldError.Invalid($"{at}.path", source["path"] ?? "", "must be an absolute path")];

    private static IEnumerable<FieldError> Mode(JsonObject source, string at, string field) =>
        source.LongAt(field) is { } mode and (< 0 or > 511) ? [FieldError.Invalid($"{at}.{field}", mode, FileMode)] : [];

    private static IEnumerable<FieldError> Items(JsonObject source, string at) => source.Objects("items").SelectMany((item, i) =>
    {
        var path = Checks.At($"{at}.items", i);
        return Checks.Required(item, path, "key", "path").Concat(RelativePath(item, path)).Concat(Mode(item, path, "mode"));
    });

    private static IEnumerable<FieldError> Files(JsonObject source, string at) => source.Objects("items").SelectMany((item, i) =>
    {
        var path = Checks.At($"{at}.items", i);
        var hasBoth = item.Has("fieldRef") && item.Has("resourceFieldRef");
        IEnumerable<FieldError> reference = hasBoth
            ? [FieldError.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")]
            : item.Has("fieldRef") || item.Has("resourceFieldRef") ? [] : [FieldError.Required(path, "one of fieldRef and resourceFieldRef is required")];
        return Checks.Required(item, path, "path").Concat(RelativePath(item, path)).Concat(reference).Concat(Mode(item, path, "mode"));
    });

    private static IEnumerable<FieldError> RelativePath(JsonObject item, string at) =>
        item.StringAt("path") is { Length: > 0 } path ? Checks.Formatted(path, $"{at}.path", Formats.NonReservedPath) : [];

    private static IEnumerable<FieldError> Projected(JsonObject projected, string path) => projected.Objects("sources").SelectMany((source, i) =>
    {
        var at = Checks.At($"{path}.sources", i);
        var kinds = Projections.Where(source.Has).ToArray();
        var errors = kinds.Take(1).SelectMany(kind => Projection(source.ObjectAt(kind) ?? JsonObject.Empty, $"{at}.{kind}", kind, path));
        return kinds.Length > 1 ? errors.Append(FieldError.Forbidden(at, "may not specify more than 1 volume type per source")) : errors;
    });

    private static IEnumerable<FieldError> Projection(JsonObject source, string at, string kind, string volume) => kind switch
    {
        "secret" or "configMap" => Checks.Required(source, at, "name").Concat(Items(source, at)),
        "downwardAPI" => Files(source, at),
        "serviceAccountToken" => Token(source, at, volume),
        _ => Checks.Required(source, at, "path"),
    };

    private static IEnumerable<FieldError> Token(JsonObject source, string at, string volume)
    {
        if (source.LongAt("expirationSeconds") is { } seconds and < 600)
            yield return FieldError.Invalid($"{at}.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
        // The real server reports the path at the volume.
        foreach (var error in Checks.Required(source, volume, "path").Concat(RelativePath(source, volume)))
            yield return error;
    }
}
