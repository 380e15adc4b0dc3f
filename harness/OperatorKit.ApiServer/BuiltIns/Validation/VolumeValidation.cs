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
    /// <param name="usable">The volumes that are as they should be are added by name, with whether a container can have them as a device.</param>
    public static IEnumerable<FieldError> Validate(JsonObject spec, string path, Dictionary<string, bool> usable)
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
            if (name.Length > 0 && usable.ContainsKey(name))
                errors.Add(FieldError.Duplicate($"{at}.name", name));
            if (errors.Count == 0)
                usable[name] = volume.Has("persistentVolumeClaim") || volume.Has("ephemeral");
            foreach (var error in errors)
                yield return error;
        }
    }

    /// <summary>What a volume is made of, in a pod or a persistent volume.</summary>
    public static IEnumerable<FieldError> Source(JsonObject owner, string at, string field) => owner.ObjectAt(field) is not { } source ? [] : field switch
    {
        "hostPath" => Checks.Required(source, at, "path").Concat(NoBacksteps(source, at)).Concat(HostPathType(source, at)),
        "emptyDir" => SizeLimit(source, at),
        "gitRepo" => Checks.Required(source, at, "repository").Concat(Checks.Formatted(source.StringAt("directory") ?? "", $"{at}.directory", Formats.DescendingPath)),
        "gcePersistentDisk" => Checks.Required(source, at, "pdName").Concat(Partition(source, at)),
        "awsElasticBlockStore" => Checks.Required(source, at, "volumeID").Concat(Partition(source, at)),
        "portworxVolume" or "cinder" => Checks.Required(source, at, "volumeID"),
        "nfs" => Checks.Required(source, at, "server", "path").Concat(Absolute(source, at)),
        "iscsi" => Checks.Required(source, at, "targetPortal", "iqn").Concat(QualifiedIscsiName(source, at)).Concat(Checks.Between(source, at, "lun", 0, 255)),
        "glusterfs" => Checks.Required(source, at, "endpoints", "path"),
        "rbd" => Checks.Required(source, at, "monitors", "image"),
        "cephfs" => Checks.Required(source, at, "monitors"),
        "azureFile" => Checks.Required(source, at, "secretName", "shareName"),
        "azureDisk" => Checks.Required(source, at, "diskName", "diskURI"),
        "vsphereVolume" => Checks.Required(source, at, "volumePath"),
        "photonPersistentDisk" => Checks.Required(source, at, "pdID"),
        "scaleIO" => Checks.Required(source, at, "gateway", "system", "volumeName"),
        "storageos" => source.StringAt("volumeName") is { Length: > 0 } volume ? Checks.Formatted(volume, $"{at}.volumeName", NameFormat.Label) : Checks.Required(source, at, "volumeName"),
        "flocker" => source.StringAt("datasetName") is { Length: > 0 } || source.StringAt("datasetUUID") is { Length: > 0 } ? [] : [FieldError.Required(at, "one of datasetName and datasetUUID is required")],
        "quobyte" => (source.StringAt("registry") is { Length: > 0 } ? [] : (FieldError[])[FieldError.Required($"{at}.registry", "must be a host:port pair or multiple pairs separated by commas")]).Concat(Checks.Required(source, at, "volume")),
        "fc" => FibreChannel(source, at),
        "flexVolume" => Checks.Required(source, at, "driver"),
        "secret" => Checks.Required(source, at, "secretName").Concat(Mode(source, at, "defaultMode")).Concat(Items(source, at)),
        "configMap" => Checks.Required(source, at, "name").Concat(Mode(source, at, "defaultMode")).Concat(Items(source, at)),
        "persistentVolumeClaim" => Checks.Required(source, at, "claimName"),
        "downwardAPI" => Mode(source, at, "defaultMode").Concat(Files(source, at)),
        "projected" => Mode(source, at, "defaultMode").Concat(Projected(source, at)),
        "csi" => StorageValidation.DriverName(source.StringAt("driver") ?? "", $"{at}.driver").Concat(source.ObjectAt("nodePublishSecretRef") is { } secret ? Checks.Required(secret, $"{at}.nodePublishSecretRef", "name") : []),
        "ephemeral" => Ephemeral(source, at),
        "image" => Checks.Required(source, at, "reference").Concat(Checks.OneOf(source, at, "pullPolicy", "Always", "IfNotPresent", "Never")),
        "local" => Checks.Required(source, at, "path").Concat(NoBacksteps(source, at)),
        _ => [],
    };

    private static IEnumerable<FieldError> Source(JsonObject volume, string at) => Checks.ExactlyOne(
        volume, at, Sources, "may not specify more than 1 volume type", "must specify a volume type", field => Source(volume, $"{at}.{PathOf(field)}", field));

    /// <summary>The real server names one source by another name than its field's.</summary>
    private static string PathOf(string field) => field == "gcePersistentDisk" ? "persistentDisk" : field;

    private static IEnumerable<FieldError> SizeLimit(JsonObject source, string at) => source.StringAt("sizeLimit") is { } limit && QuantityText.Nanos(limit).Sign < 0
        ? [FieldError.Forbidden($"{at}.sizeLimit", "SizeLimit field must be a valid resource quantity")]
        : [];

    // Zero stands for none, which the message does not say.
    private static IEnumerable<FieldError> Partition(JsonObject source, string at) =>
        source.LongAt("partition") is { } partition and (< 0 or > 255) ? [FieldError.Invalid($"{at}.partition", partition, "must be between 1 and 255, inclusive")] : [];

    private static IEnumerable<FieldError> QualifiedIscsiName(JsonObject source, string at) =>
        source.StringAt("iqn") is { Length: > 0 } name && !((string[])["iqn", "eui", "naa"]).Any(start => name.StartsWith(start, StringComparison.Ordinal))
            ? [FieldError.Invalid($"{at}.iqn", name, "must be valid format starting with iqn, eui, or naa")]
            : [];

    private static IEnumerable<FieldError> FibreChannel(JsonObject source, string at)
    {
        var (hasTargets, hasIds) = (source.Strings("targetWWNs").Any(), source.Strings("wwids").Any());
        if (!hasTargets && !hasIds)
            yield return FieldError.Required($"{at}.targetWWNs", "must specify either targetWWNs or wwids, but not both");
        if (hasTargets && hasIds)
            yield return FieldError.Invalid($"{at}.targetWWNs", source["targetWWNs"]!, "targetWWNs and wwids can not be specified simultaneously");
        if (hasTargets && source.LongAt("lun") is null)
            yield return FieldError.Required($"{at}.lun", "lun is required if targetWWNs is specified");
        else if (hasTargets)
        {
            foreach (var error in Checks.Between(source, at, "lun", 0, 255))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Ephemeral(JsonObject source, string at) => source.ObjectAt("volumeClaimTemplate") is { } template
        ? ((string[])["name", "namespace", "uid", "generateName"]).Where(field => template.Has("metadata") && template.ObjectAt("metadata")!.StringAt(field) is { Length: > 0 })
            .Select(field => FieldError.Forbidden($"{at}.volumeClaimTemplate.metadata.{field}", "cannot be set"))
            .Concat(StorageValidation.ClaimSpec(template.ObjectAt("spec") ?? JsonObject.Empty, $"{at}.volumeClaimTemplate.spec"))
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

    // The real server does not say which of the files is wrong.
    private static IEnumerable<FieldError> Files(JsonObject source, string path) => source.Objects("items").SelectMany(item => (IEnumerable<FieldError>)
    [
        .. Checks.Required(item, path, "path"),
        .. RelativePath(item, path),
        .. (item.ObjectAt("fieldRef"), item.ObjectAt("resourceFieldRef")) switch
        {
            ({ } field, null) => EnvironmentValidation.Field(field, $"{path}.fieldRef", EnvironmentValidation.FileFields),
            ({ } field, _) => EnvironmentValidation.Field(field, $"{path}.fieldRef", EnvironmentValidation.FileFields).Append(FieldError.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")),
            (null, { } resource) => EnvironmentValidation.Resource(resource, $"{path}.resourceFieldRef", isFile: true),
            _ => [FieldError.Required(path, "one of fieldRef and resourceFieldRef is required")],
        },
        .. Mode(item, path, "mode"),
    ]);

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
