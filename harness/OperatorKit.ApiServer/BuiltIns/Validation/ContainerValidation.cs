using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The containers of a pod.</summary>
internal static class ContainerValidation
{
    private const string OfEphemeral = "cannot be set for an Ephemeral Container";

    private static readonly string[] NotForEphemeral = ["ports", "resources", "resizePolicy", "restartPolicy", "restartPolicyRules", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"];

    private static readonly string[] ForSidecarsOnly = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

    /// <param name="spec">The spec of the pod.</param>
    /// <param name="path">Its path.</param>
    /// <param name="volumes">The pod's volumes by name, and whether one can be had as a device.</param>
    /// <param name="gracePeriod">Seconds that the pod has to end.</param>
    public static IEnumerable<FieldError> All(JsonObject spec, string path, IReadOnlyDictionary<string, bool> volumes, long? gracePeriod)
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
                    .. Always(container, spec, at, volumes),
                    .. list == "initContainers" ? Restarts(container, at) : [],
                    .. Unique(container, at, names),
                    .. list == "ephemeralContainers" ? Ephemeral(container, spec, at) : isPlainInit ? NotForInit(container, at) : Hooks(container, at, gracePeriod),
                    .. list == "containers" ? Restarts(container, at) : [],
                ];
                foreach (var error in errors)
                    yield return error;
            }

            foreach (var error in list == "containers" ? HostPortConflicts(spec, $"{path}.{list}") : [])
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Always(JsonObject container, JsonObject spec, string path, IReadOnlyDictionary<string, bool> volumes) =>
    [
        .. container.StringAt("name") is { Length: > 0 } name ? Checks.Formatted(name, $"{path}.name", NameFormat.Label) : [FieldError.Required($"{path}.name")],
        .. Checks.Required(container, path, "image"),
        .. Checks.OneOf(container, path, "terminationMessagePolicy", "File", "FallbackToLogsOnError"),
        .. Ports(container, path),
        .. EnvironmentValidation.Variables(container, $"{path}.env"),
        .. EnvironmentValidation.Maps(container, $"{path}.envFrom"),
        .. MountValidation.Validate(container, path, volumes),
        .. Checks.OneOf(container, path, "imagePullPolicy", "Always", "IfNotPresent", "Never"),
        .. ResourceValidation.Container(container, $"{path}.resources"),
        .. ClaimedResourceValidation.Container(container, spec, $"{path}.resources.claims"),
        .. ResizePolicy(container, $"{path}.resizePolicy", spec.StringAt("restartPolicy") == "Never"),
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

    /// <summary>A container for a look around may not be anything that a pod relies on.</summary>
    private static IEnumerable<FieldError> Ephemeral(JsonObject container, JsonObject spec, string path)
    {
        var target = container.StringAt("targetContainerName") ?? "";
        if (target.Length > 0 && !((string[])["containers", "initContainers"]).SelectMany(list => spec.Objects(list)).Any(other => other.StringAt("name") == target))
            yield return FieldError.NotFound($"{path}.targetContainerName", target);
        foreach (var field in NotForEphemeral.Where(field => container[field] is JsonString or JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
            yield return FieldError.Forbidden($"{path}.{field}", OfEphemeral);
        var i = 0;
        foreach (var mount in container.Objects("volumeMounts"))
        {
            var at = Checks.At($"{path}.volumeMounts", i++);
            foreach (var field in ((string[])["subPath", "subPathExpr"]).Where(field => mount.StringAt(field) is { Length: > 0 }))
                yield return FieldError.Forbidden($"{at}.{field}", OfEphemeral);
        }
    }

    private static IEnumerable<FieldError> ResizePolicy(JsonObject container, string path, bool isNeverRestarted)
    {
        var resources = new HashSet<string>(StringComparer.Ordinal);
        return container.Objects("resizePolicy").SelectMany((policy, i) =>
        {
            var (resource, restart) = (policy.StringAt("resourceName") ?? "", policy.StringAt("restartPolicy") ?? "");
            return (IEnumerable<FieldError>)
            [
                .. resources.Add(resource) ? [] : (FieldError[])[FieldError.Duplicate(Checks.At(path, i), resource)],
                .. Named(path, resource, "cpu", "memory"),
                .. Named(path, restart, "NotRequired", "RestartContainer"),
                .. isNeverRestarted && restart != "NotRequired" ? [FieldError.Invalid(path, restart, "must be 'NotRequired' when pod `restartPolicy` is 'Never'")] : (FieldError[])[],
            ];
        });
    }

    private static IEnumerable<FieldError> Named(string path, string value, params string[] known) =>
        value.Length == 0 ? [FieldError.Required(path)] : known.Contains(value) ? [] : [FieldError.NotSupported(path, value, known)];

    private static IEnumerable<FieldError> Restarts(JsonObject container, string path)
    {
        var rules = container.Objects("restartPolicyRules").ToArray();
        return
        [
            .. Checks.OneOf(container, path, "restartPolicy", "Always", "Never", "OnFailure"),
            .. rules.Length > 0 && !container.Has("restartPolicy") ? [FieldError.Required($"{path}.restartPolicy", "must specify restartPolicy when restart rules are used")] : (FieldError[])[],
            .. rules.SelectMany((rule, i) =>
            {
                var at = Checks.At($"{path}.restartPolicyRules", i);
                return Checks.OneOf(rule, at, "action", "Restart", "RestartAllContainers").Concat(rule.ObjectAt("exitCodes") is { } codes
                    ? Checks.OneOf(codes, $"{at}.exitCodes", "operator", "In", "NotIn")
                    : [FieldError.Required($"{at}.exitCodes", "must be specified")]);
            }),
        ];
    }

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
}
