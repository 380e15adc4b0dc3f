using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Where a container mounts its volumes, or has them as devices.</summary>
internal static class MountValidation
{
    /// <param name="container">The container.</param>
    /// <param name="path">Its path.</param>
    /// <param name="volumes">The pod's volumes by name, and whether one can be had as a device.</param>
    public static IEnumerable<FieldError> Validate(JsonObject container, string path, IReadOnlyDictionary<string, bool> volumes) =>
        Mounts(container, $"{path}.volumeMounts", volumes).Concat(Devices(container, $"{path}.volumeDevices", volumes));

    private static IEnumerable<FieldError> Mounts(JsonObject container, string list, IReadOnlyDictionary<string, bool> volumes)
    {
        var devices = container.Objects("volumeDevices").ToArray();
        var isPrivileged = container.ObjectAt("securityContext")?.BoolAt("privileged") == true;
        var paths = new HashSet<string>(StringComparer.Ordinal);
        return container.Objects("volumeMounts").SelectMany((mount, i) =>
            Place(mount, Checks.At(list, i), volumes, paths).Concat(Overlap(mount, Checks.At(list, i), "mountPath", devices, "devicePath", "volumeDevices")).Concat(Manner(mount, Checks.At(list, i), list, isPrivileged)));
    }

    private static IEnumerable<FieldError> Place(JsonObject mount, string at, IReadOnlyDictionary<string, bool> volumes, HashSet<string> paths)
    {
        var (name, mountPath) = (mount.StringAt("name") ?? "", mount.StringAt("mountPath") ?? "");
        if (name.Length == 0)
            yield return FieldError.Required($"{at}.name");
        if (!volumes.ContainsKey(name))
            yield return FieldError.NotFound($"{at}.name", name);
        if (mountPath.Length == 0)
            yield return FieldError.Required($"{at}.mountPath");
        if (!paths.Add(mountPath))
            yield return FieldError.Invalid($"{at}.mountPath", mountPath, "must be unique");
    }

    /// <summary>A volume is mounted or a device, never both.</summary>
    private static IEnumerable<FieldError> Overlap(JsonObject item, string at, string field, JsonObject[] others, string otherField, string otherList)
    {
        var (name, path) = (item.StringAt("name") ?? "", item.StringAt(field) ?? "");
        if (others.Any(other => (other.StringAt("name") ?? "") == name))
            yield return FieldError.Invalid($"{at}.name", name, $"must not already exist in {otherList}");
        if (others.Any(other => (other.StringAt(otherField) ?? "") == path))
            yield return FieldError.Invalid($"{at}.{field}", path, $"must not already exist as a path in {otherList}");
    }

    /// <param name="mount">The mount.</param>
    /// <param name="at">Its path.</param>
    /// <param name="list">The path of all mounts, where the real server reports most of these problems.</param>
    /// <param name="isPrivileged">Whether the container is.</param>
    private static IEnumerable<FieldError> Manner(JsonObject mount, string at, string list, bool isPrivileged)
    {
        var (subPath, expression) = (mount.StringAt("subPath") ?? "", mount.StringAt("subPathExpr") ?? "");
        var propagation = mount.StringAt("mountPropagation");
        foreach (var error in Checks.Formatted(subPath, $"{list}.subPath", Formats.DescendingPath))
            yield return error;
        if (subPath.Length > 0 && expression.Length > 0)
            yield return FieldError.Invalid($"{at}.subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
        foreach (var error in Checks.Formatted(expression, $"{list}.subPathExpr", Formats.DescendingPath).Concat(Checks.OneOf(mount, list, "mountPropagation", "Bidirectional", "HostToContainer", "None")))
            yield return error;
        if (propagation == "Bidirectional" && !isPrivileged)
            yield return FieldError.Forbidden($"{list}.mountPropagation", "Bidirectional mount propagation is available only to privileged containers");
        foreach (var error in Checks.OneOf(mount, list, "recursiveReadOnly", "Disabled", "Enabled", "IfPossible"))
            yield return error;
        if (mount.StringAt("recursiveReadOnly") is not ("Enabled" or "IfPossible"))
            yield break;
        if (mount.BoolAt("readOnly") != true)
            yield return FieldError.Forbidden($"{list}.recursiveReadOnly", "may only be specified when readOnly is true");
        if (propagation is not (null or "None"))
            yield return FieldError.Forbidden($"{list}.recursiveReadOnly", "may only be specified when mountPropagation is None or not specified");
    }

    private static IEnumerable<FieldError> Devices(JsonObject container, string list, IReadOnlyDictionary<string, bool> volumes)
    {
        var mounts = container.Objects("volumeMounts").ToArray();
        var (names, paths) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        return container.Objects("volumeDevices").SelectMany((device, i) =>
            Device(device, Checks.At(list, i), volumes, names, paths).Concat(Overlap(device, Checks.At(list, i), "devicePath", mounts, "mountPath", "volumeMounts")));
    }

    private static IEnumerable<FieldError> Device(JsonObject device, string at, IReadOnlyDictionary<string, bool> volumes, HashSet<string> names, HashSet<string> paths)
    {
        var (name, path) = (device.StringAt("name") ?? "", device.StringAt("devicePath") ?? "");
        if (name.Length == 0)
            yield return FieldError.Required($"{at}.name");
        else if (!names.Add(name))
            yield return FieldError.Invalid($"{at}.name", name, "must be unique");
        if (!volumes.TryGetValue(name, out var canBeDevice))
            yield return FieldError.NotFound($"{at}.name", name);
        else if (!canBeDevice)
            yield return FieldError.Invalid($"{at}.name", name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        if (path.Length == 0)
            yield return FieldError.Required($"{at}.devicePath");
        if (paths.Contains(path))
            yield return FieldError.Invalid($"{at}.devicePath", path, "must be unique");
        if (Formats.NoBacksteps(path).Any())
            yield return FieldError.Invalid($"{at}.devicePath", path, "can not contain backsteps ('..')");
        else
            paths.Add(path);
    }
}
