using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The containers of a pod.</summary>
internal static class ContainerValidation
{
    private static readonly string[] ForSidecarsOnly = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

    /// <param name="spec">The spec of the pod.</param>
    /// <param name="path">Its path.</param>
    /// <param name="volumes">Names of the pod's volumes.</param>
    /// <param name="gracePeriod">Seconds that the pod has to end.</param>
    public static IEnumerable<FieldError> All(JsonObject spec, string path, HashSet<string> volumes, long? gracePeriod)
    {
        if (!spec.Objects("containers").Any())
            yield return FieldError.Required($"{path}.containers");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in (string[])["containers", "initContainers", "ephemeralContainers"])
        {
            var i = 0;
            foreach (var container in spec.Objects(list))
            {
                var at = Checks.At($"{path}.{list}", i++);
                var isPlainInit = list == "initContainers" && container.StringAt("restartPolicy") != "Always";
                IEnumerable<FieldError> errors =
                [
                    .. Always(container, at, volumes),
                    .. Unique(container, at, names),
                    .. list == "initContainers" ? Checks.OneOf(container, at, "restartPolicy", "Always") : [],
                    .. isPlainInit ? NotForInit(container, at) : Hooks(container, at, gracePeriod),
                ];
                foreach (var error in errors)
                    yield return error;
            }

            foreach (var error in list == "containers" ? HostPortConflicts(spec, $"{path}.{list}") : [])
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Always(JsonObject container, string path, HashSet<string> volumes) =>
    [
        .. container.StringAt("name") is { Length: > 0 } name ? Checks.Formatted(name, $"{path}.name", NameFormat.Label) : [FieldError.Required($"{path}.name")],
        .. Checks.Required(container, path, "image"),
        .. Checks.OneOf(container, path, "terminationMessagePolicy", "File", "FallbackToLogsOnError"),
        .. Ports(container, path),
        .. EnvironmentValidation.Variables(container, $"{path}.env"),
        .. EnvironmentValidation.Maps(container, $"{path}.envFrom"),
        .. Mounts(container, path, volumes),
        .. Devices(container, path, volumes),
        .. Checks.OneOf(container, path, "imagePullPolicy", "Always", "IfNotPresent", "Never"),
        .. ResourceValidation.Container(container, $"{path}.resources"),
        .. SecurityContextValidation.Container(container, $"{path}.securityContext"),
    ];

    private static IEnumerable<FieldError> Unique(JsonObject container, string path, HashSet<string> names) =>
        container.StringAt("name") is { Length: > 0 } name && !names.Add(name) ? [FieldError.Duplicate($"{path}.name", name)] : [];

    private static IEnumerable<FieldError> Hooks(JsonObject container, string path, long? gracePeriod) =>
    [
        .. container.ObjectAt("lifecycle") is { } lifecycle ? HandlerValidation.Lifecycle(lifecycle, $"{path}.lifecycle", gracePeriod) : [],
        .. HandlerValidation.Probe(container, path, "livenessProbe", gracePeriod),
        .. HandlerValidation.Probe(container, path, "readinessProbe", gracePeriod),
        .. HandlerValidation.Probe(container, path, "startupProbe", gracePeriod),
    ];

    private static IEnumerable<FieldError> NotForInit(JsonObject container, string path) =>
        ForSidecarsOnly.Where(container.Has).Select(field => FieldError.Forbidden($"{path}.{field}", "may not be set for init containers without restartPolicy=Always"));

    private static IEnumerable<FieldError> Ports(JsonObject container, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return container.Objects("ports").SelectMany((port, i) => Port(port, Checks.At($"{path}.ports", i), names));
    }

    private static IEnumerable<FieldError> Port(JsonObject port, string at, HashSet<string> names)
    {
        if (port.StringAt("name") is { Length: > 0 } name)
        {
            var problems = Checks.Formatted(name, $"{at}.name", Formats.PortName).ToArray();
            foreach (var error in problems.Length > 0 || names.Add(name) ? problems : [FieldError.Duplicate($"{at}.name", name)])
                yield return error;
        }

        if ((port.LongAt("containerPort") ?? 0) == 0)
            yield return FieldError.Required($"{at}.containerPort");
        foreach (var field in (string[])["containerPort", "hostPort"])
        {
            foreach (var error in (port.LongAt(field) ?? 0) == 0 ? [] : Checks.Port(port[field], $"{at}.{field}"))
                yield return error;
        }

        foreach (var error in Checks.OneOf(port, at, "protocol", "SCTP", "TCP", "UDP"))
            yield return error;
    }

    private static IEnumerable<FieldError> HostPortConflicts(JsonObject spec, string path)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return spec.Objects("containers").SelectMany((container, i) => container.Objects("ports").SelectMany((port, j) =>
        {
            if ((port.LongAt("hostPort") ?? 0) == 0)
                return (IEnumerable<FieldError>)[];
            var key = FormattableString.Invariant($"{port.StringAt("protocol")}/{port.StringAt("hostIP")}/{port.LongAt("hostPort")}");
            return taken.Add(key) ? [] : [FieldError.Duplicate($"{Checks.At($"{Checks.At(path, i)}.ports", j)}.hostPort", key)];
        }));
    }

    private static IEnumerable<FieldError> Mounts(JsonObject container, string path, HashSet<string> volumes)
    {
        var list = $"{path}.volumeMounts";
        var paths = new HashSet<string>(StringComparer.Ordinal);
        return container.Objects("volumeMounts").SelectMany((mount, i) => Mount(mount, Checks.At(list, i), list, volumes, paths));
    }

    /// <param name="mount">The mount.</param>
    /// <param name="at">Its path.</param>
    /// <param name="list">The path of all mounts, where the real server reports some problems.</param>
    /// <param name="volumes">Names of the pod's volumes.</param>
    /// <param name="paths">Paths that are taken.</param>
    private static IEnumerable<FieldError> Mount(JsonObject mount, string at, string list, HashSet<string> volumes, HashSet<string> paths)
    {
        var (name, mountPath) = (mount.StringAt("name") ?? "", mount.StringAt("mountPath") ?? "");
        if (name.Length == 0)
            yield return FieldError.Required($"{at}.name");
        if (!volumes.Contains(name))
            yield return FieldError.NotFound($"{at}.name", name);
        if (mountPath.Length == 0)
            yield return FieldError.Required($"{at}.mountPath");
        if (!paths.Add(mountPath))
            yield return FieldError.Invalid($"{at}.mountPath", mountPath, "must be unique");
        var (subPath, expression) = (mount.StringAt("subPath") ?? "", mount.StringAt("subPathExpr") ?? "");
        if (subPath.Length > 0 && expression.Length > 0)
            yield return FieldError.Invalid($"{at}.subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
        IEnumerable<FieldError> errors =
        [
            .. Checks.Formatted(subPath, $"{list}.subPath", Formats.DescendingPath),
            .. Checks.Formatted(expression, $"{list}.subPathExpr", Formats.DescendingPath),
            .. mount.StringAt("mountPropagation") is { } propagation && propagation is not ("Bidirectional" or "HostToContainer" or "None")
                ? [FieldError.NotSupported($"{list}.mountPropagation", propagation, "Bidirectional", "HostToContainer", "None")]
                : (FieldError[])[],
        ];
        foreach (var error in errors)
            yield return error;
    }

    private static IEnumerable<FieldError> Devices(JsonObject container, string path, HashSet<string> volumes) => container.Objects("volumeDevices").SelectMany((device, i) =>
    {
        var at = Checks.At($"{path}.volumeDevices", i);
        var name = device.StringAt("name") ?? "";
        return (name.Length > 0 && !volumes.Contains(name) ? [FieldError.NotFound($"{at}.name", name)] : Checks.Required(device, at, "name")).Concat(Checks.Required(device, at, "devicePath"));
    });
}
