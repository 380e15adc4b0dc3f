using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Pods, and the pod templates of workloads.</summary>
internal static class PodValidation
{
    public static IEnumerable<FieldError> Validate(JsonObject pod, JsonObject? old)
    {
        var spec = pod.ObjectAt("spec") ?? JsonObject.Empty;
        return [.. Content(pod), .. old?.ObjectAt("spec") is { } before ? PodUpdateValidation.Validate(spec, before) : AtCreation(spec)];
    }

    /// <summary>What has to hold of a pod at all times, whatever changed in it.</summary>
    public static IEnumerable<FieldError> Content(JsonObject pod)
    {
        var spec = pod.ObjectAt("spec") ?? JsonObject.Empty;
        return Spec(spec, "spec").Concat(ForPodsOnly(spec));
    }

    /// <summary>The spec of a pod or of a template.</summary>
    public static IEnumerable<FieldError> Spec(JsonObject spec, string path)
    {
        var volumes = new Dictionary<string, bool>(StringComparer.Ordinal);
        var gracePeriod = spec.LongAt("terminationGracePeriodSeconds");
        // The order is the real server's: the volumes have to be known before the containers that mount them.
        IEnumerable<FieldError> errors =
        [
            .. VolumeValidation.Validate(spec, $"{path}.volumes", volumes).ToArray(),
            .. ClaimedResourceValidation.Pod(spec, $"{path}.resourceClaims"),
            .. ContainerValidation.All(spec, path, volumes, gracePeriod),
            .. HostPorts(spec, path),
            .. Checks.OneOf(spec, path, "restartPolicy", "Always", "OnFailure", "Never"),
            .. Checks.OneOf(spec, path, "dnsPolicy", "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"),
            .. Checks.Labels(spec.ObjectAt("nodeSelector"), $"{path}.nodeSelector"),
            .. SecurityContextValidation.Pod(spec, $"{path}.securityContext"),
            .. spec.ObjectAt("affinity") is { } affinity ? SchedulingValidation.Affinity(affinity, $"{path}.affinity") : [],
            .. Dns(spec, $"{path}.dnsConfig"),
            .. spec.Objects("readinessGates").SelectMany((gate, i) => Named(gate, "conditionType", $"{Checks.At($"{path}.readinessGates", i)}.conditionType")),
            .. spec.Objects("schedulingGates").SelectMany((gate, i) => Named(gate, "name", Checks.At($"{path}.schedulingGates", i))
                .Concat(spec.Objects("schedulingGates").Take(i).Any(other => other.StringAt("name") == gate.StringAt("name")) ? [FieldError.Duplicate(Checks.At($"{path}.schedulingGates", i), gate["name"] ?? "")] : [])),
            .. SchedulingValidation.Spread(spec, $"{path}.topologySpreadConstraints"),
            .. spec.BoolAt("hostUsers") == false ? HostUsers(spec, path) : [],
            .. Named(spec, "hostnameOverride", $"{path}.hostnameOverride", NameFormat.Subdomain),
            .. Named(spec, "serviceAccountName", $"{path}.serviceAccountName", NameFormat.Subdomain),
            .. Named(spec, "nodeName", $"{path}.nodeName", NameFormat.Subdomain),
            .. Checks.Between(spec, path, "activeDeadlineSeconds", 1, int.MaxValue),
            .. Named(spec, "hostname", $"{path}.hostname", NameFormat.Label),
            .. Named(spec, "subdomain", $"{path}.subdomain", NameFormat.Label),
            .. SchedulingValidation.Tolerations(spec, $"{path}.tolerations"),
            .. HostAliases(spec, $"{path}.hostAliases"),
            .. Named(spec, "priorityClassName", $"{path}.priorityClassName", NameFormat.Subdomain),
            .. Named(spec, "runtimeClassName", $"{path}.runtimeClassName", NameFormat.Subdomain),
            .. Checks.OneOf(spec, path, "preemptionPolicy", "PreemptLowerPriority", "Never"),
            .. spec.StringAt("os", "name") is { } os && os is not ("linux" or "windows") ? [FieldError.NotSupported($"{path}.os", os, "linux", "windows")] : (FieldError[])[],
        ];
        return errors;
    }

    /// <summary>The template of a workload: its labels, its annotations, its spec.</summary>
    public static IEnumerable<FieldError> Template(JsonObject? template, string path) =>
    [
        .. Checks.Labels(template?.ObjectAt("metadata", "labels"), $"{path}.labels"),
        .. (template?.ObjectAt("metadata", "annotations")?.Keys ?? []).SelectMany(key => Checks.Formatted(key, $"{path}.annotations", static name => NameFormat.QualifiedName(name.ToLowerInvariant()))),
        .. Spec(template?.ObjectAt("spec") ?? JsonObject.Empty, $"{path}.spec"),
        .. template?.ObjectAt("spec")?["ephemeralContainers"] is JsonArray { Count: > 0 }
            ? [FieldError.Forbidden($"{path}.spec.ephemeralContainers", "ephemeral containers not allowed in pod template")]
            : (FieldError[])[],
    ];

    /// <summary>The template of a workload, which its selector has to match.</summary>
    public static IEnumerable<FieldError> Template(JsonObject? template, JsonObject? selector, string path) => Selected(template, selector, path).Concat(Template(template, path));

    /// <summary>Whether the selector of a workload matches the labels of its template.</summary>
    public static IEnumerable<FieldError> Selected(JsonObject? template, JsonObject? selector, string path)
    {
        var labels = template?.ObjectAt("metadata", "labels");
        if (!Selectors.Matches(selector, labels))
            yield return FieldError.Invalid($"{path}.metadata.labels", labels is { Count: > 0 } ? labels : JsonValue.Null, "`selector` does not match template `labels`");
    }

    private static IEnumerable<FieldError> ForPodsOnly(JsonObject spec) => ((string[])["containers", "initContainers"])
        .SelectMany(list => spec.Objects(list).Select((container, i) => (Image: container.StringAt("image") ?? "", Path: $"{Checks.At($"spec.{list}", i)}.image")))
        .Where(static container => container.Image.Trim().Length != container.Image.Length)
        .Select(static container => FieldError.Invalid(container.Path, container.Image, "must not have leading or trailing whitespace"));

    private static IEnumerable<FieldError> AtCreation(JsonObject spec)
    {
        if (spec["ephemeralContainers"] is JsonArray { Count: > 0 })
            yield return FieldError.Forbidden("spec.ephemeralContainers", "cannot be set on create");
        if (spec["schedulingGates"] is JsonArray { Count: > 0 } && spec.StringAt("nodeName") is { Length: > 0 })
            yield return FieldError.Forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
    }

    private static IEnumerable<FieldError> HostPorts(JsonObject spec, string path) => spec.BoolAt("hostNetwork") != true
        ? []
        : spec.Objects("containers").SelectMany((container, i) => container.Objects("ports").SelectMany((port, j) => port.LongAt("hostPort") == port.LongAt("containerPort")
            ? (IEnumerable<FieldError>)[]
            : [FieldError.Invalid($"{Checks.At($"{Checks.At($"{path}.containers", i)}.ports", j)}.hostPort", port["hostPort"] ?? 0, "must match `containerPort` when `hostNetwork` is true")]));

    /// <summary>A pod with users of its own shares nothing with the host.</summary>
    private static IEnumerable<FieldError> HostUsers(JsonObject spec, string path) =>
        ((string Field, string Path)[])[("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")] is var shared
            ? shared.Where(item => spec.BoolAt(item.Field) == true).Select(item => FieldError.Forbidden($"{path}.{item.Path}", "when `hostUsers` is false"))
            : [];

    private static IEnumerable<FieldError> Dns(JsonObject spec, string path)
    {
        var config = spec.ObjectAt("dnsConfig");
        if (spec.StringAt("dnsPolicy") == "None")
        {
            if (config is null)
                return [FieldError.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None")];
            if (!config.Strings("nameservers").Any())
                return [FieldError.Required($"{path}.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None")];
        }

        if (config is null)
            return [];
        return
        [
            .. config.Strings("nameservers").Count() > 3 ? [FieldError.Invalid($"{path}.nameservers", config["nameservers"]!, "must not have more than 3 nameservers")] : (FieldError[])[],
            .. config.Strings("nameservers").SelectMany((address, i) => Checks.Address(address, Checks.At($"{path}.nameservers", i))),
            .. config.Strings("searches").Count() > 32 ? [FieldError.Invalid($"{path}.searches", config["searches"]!, "must not have more than 32 search paths")] : (FieldError[])[],
            .. config.Objects("options").SelectMany((option, i) => option.StringAt("name") is { Length: > 0 } ? (FieldError[])[] : [FieldError.Required(Checks.At($"{path}.options", i), "must not be empty")]),
        ];
    }

    private static IEnumerable<FieldError> HostAliases(JsonObject spec, string path) => spec.Objects("hostAliases").SelectMany((alias, i) =>
    {
        var at = Checks.At(path, i);
        return Checks.Address(alias.StringAt("ip") ?? "", $"{at}.ip")
            .Concat(alias.Strings("hostnames").SelectMany((name, j) => Checks.Formatted(name, Checks.At($"{at}.hostnames", j), NameFormat.Subdomain)));
    });

    private static IEnumerable<FieldError> Named(JsonObject owner, string field, string path) => Checks.Formatted(owner.StringAt(field) ?? "", path, NameFormat.QualifiedName);

    private static IEnumerable<FieldError> Named(JsonObject owner, string field, string path, Func<string, IEnumerable<string>> format) =>
        owner.StringAt(field) is { Length: > 0 } name ? Checks.Formatted(name, path, format) : [];
}
