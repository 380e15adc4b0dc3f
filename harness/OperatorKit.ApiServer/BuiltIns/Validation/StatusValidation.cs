using System.Net.Sockets;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>What is judged of a write to <c>/status</c>, for the kinds whose status has rules of its own.</summary>
internal static class StatusValidation
{
    private static readonly string[] Truths = ["False", "True", "Unknown"];

    /// <summary>The check of a kind, given the new object and the stored one; null where the object is judged as on every update.</summary>
    public static Func<JsonObject, JsonObject, IEnumerable<FieldError>>? Of(string group, string kind) => (group, kind) switch
    {
        ("", "Pod") => Pod,
        ("", "Service") => static (service, old) => Balancer(service, old, hasMode: true),
        ("", "ResourceQuota") => static (quota, _) => ResourceValidation.QuotaStatus(quota),
        ("", "ReplicationController") => static (controller, _) => Replicas(Status(controller), "readyReplicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"),
        ("apps", "StatefulSet") => static (set, _) => Replicas(Status(set), "status.readyReplicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
        ("apps", "DaemonSet") => static (set, _) => Checks.NotNegative(
            Status(set), "status", "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady", "observedGeneration", "updatedNumberScheduled", "numberAvailable", "numberUnavailable", "collisionCount"),
        ("batch", "Job") => JobStatusValidation.Validate,
        ("policy", "PodDisruptionBudget") => static (budget, _) =>
            Conditions(Status(budget), "status.conditions").Concat(Checks.NotNegative(Status(budget), "status", "disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")),
        ("autoscaling", "HorizontalPodAutoscaler") => static (scaler, _) => Checks.NotNegative(Status(scaler), "status", "currentReplicas", "desiredReplicas"),
        ("networking.k8s.io", "Ingress") => static (ingress, old) => Balancer(ingress, old, hasMode: false),
        _ => null,
    };

    /// <summary>Conditions of the common kind, with a reason and a time.</summary>
    public static IEnumerable<FieldError> Conditions(JsonObject status, string path)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var condition in status.Objects("conditions"))
        {
            var at = Checks.At(path, i++);
            var (type, state) = (condition.StringAt("type") ?? "", condition.StringAt("status") ?? "");
            IEnumerable<FieldError> errors =
            [
                .. types.Add(type) ? [] : (FieldError[])[FieldError.Duplicate($"{at}.type", type)],
                .. Checks.Formatted(type, $"{at}.type", NameFormat.QualifiedName),
                .. Truths.Contains(state) ? [] : (FieldError[])[FieldError.NotSupported($"{at}.status", state, Truths)],
                .. condition.LongAt("observedGeneration") is { } generation and < 0 ? [FieldError.Invalid($"{at}.observedGeneration", generation, "must be greater than or equal to zero")] : (FieldError[])[],
                .. Checks.Required(condition, at, "lastTransitionTime", "reason"),
            ];
            foreach (var error in errors)
                yield return error;
        }
    }

    private static JsonObject Status(JsonObject obj) => obj.ObjectAt("status") ?? JsonObject.Empty;

    /// <param name="status">The status.</param>
    /// <param name="ready">How the message names the count of ready replicas.</param>
    /// <param name="counts">The counts that may not be more than all, in the order in which they are judged.</param>
    private static IEnumerable<FieldError> Replicas(JsonObject status, string ready, params string[] counts)
    {
        foreach (var error in Checks.NotNegative(status, "status", ["replicas", .. counts, "observedGeneration", "collisionCount"]))
            yield return error;
        foreach (var field in counts.Where(field => (status.LongAt(field) ?? 0) > (status.LongAt("replicas") ?? 0)))
            yield return FieldError.Invalid($"status.{field}", status[field]!, "cannot be greater than status.replicas");
        if (status.LongAt("availableReplicas") is { } available && available > (status.LongAt("readyReplicas") ?? 0))
            yield return FieldError.Invalid("status.availableReplicas", available, $"cannot be greater than {ready}");
    }

    private static IEnumerable<FieldError> Balancer(JsonObject obj, JsonObject old, bool hasMode)
    {
        const string path = "status.loadBalancer.ingress";
        var known = Entrances(old).Select(static entrance => entrance.StringAt("ip")).ToHashSet(StringComparer.Ordinal);
        var entrances = Entrances(obj).ToArray();
        return hasMode && entrances.Length > 0 && obj.StringAt("spec", "type") != "LoadBalancer"
            ? [FieldError.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")]
            : entrances.SelectMany((entrance, i) => Entrance(entrance, Checks.At(path, i), known, hasMode));
    }

    private static IEnumerable<JsonObject> Entrances(JsonObject obj) => obj.ObjectAt("status", "loadBalancer")?.Objects("ingress") ?? [];

    private static IEnumerable<FieldError> Entrance(JsonObject entrance, string at, HashSet<string?> known, bool hasMode)
    {
        var (address, host) = (entrance.StringAt("ip") ?? "", entrance.StringAt("hostname") ?? "");
        foreach (var error in address.Length == 0 || known.Contains(address) ? [] : Checks.Address(address, $"{at}.ip"))
            yield return error;
        if (hasMode && address.Length == 0 && entrance.Has("ipMode"))
            yield return FieldError.Forbidden($"{at}.ipMode", "may not be specified when `ip` is not set");
        foreach (var error in hasMode && address.Length > 0 ? Checks.OneOf(entrance, at, "ipMode", "Proxy", "VIP") : [])
            yield return error;
        foreach (var error in host.Length == 0 ? [] : Checks.Formatted(host, $"{at}.hostname", NameFormat.Subdomain))
            yield return error;
        if (Formats.ParseAddress(host) is not null)
            yield return FieldError.Invalid($"{at}.hostname", host, "must be a DNS name, not an IP address");
    }

    private static IEnumerable<FieldError> Pod(JsonObject pod, JsonObject old)
    {
        var (status, before) = (Status(pod), Status(old));
        var nominated = status.StringAt("nominatedNodeName") ?? "";
        var isNew = nominated.Length > 0 && nominated != before.StringAt("nominatedNodeName");
        return
        [
            .. status.Objects("conditions").SelectMany(static (condition, i) => condition.LongAt("observedGeneration") is { } generation and < 0
                ? (FieldError[])[FieldError.Invalid($"{Checks.At("status.conditions", i)}.observedGeneration", generation, "must be a non-negative integer")]
                : []),
            .. isNew ? Checks.Formatted(nominated, "status.nominatedNodeName", NameFormat.Subdomain) : [],
            .. isNew && old.StringAt("spec", "nodeName") is { Length: > 0 } ? [FieldError.Forbidden("status.nominatedNodeName", "may not be set on pods that are already bound to a node")] : (FieldError[])[],
            .. status.LongAt("observedGeneration") is { } seen and < 0 ? [FieldError.Invalid("status.observedGeneration", seen, "must be a non-negative integer")] : (FieldError[])[],
            .. Checks.Immutable(status["qosClass"], before["qosClass"], "status.qosClass"),
            .. Restarted(pod, old, "containers", "containerStatuses"),
            .. Restarted(pod, old, "initContainers", "initContainerStatuses"),
            .. Addresses(status, before, "podIPs"),
            .. Addresses(status, before, "hostIPs"),
        ];
    }

    /// <summary>A container that has ended for good does not run again.</summary>
    private static IEnumerable<FieldError> Restarted(JsonObject pod, JsonObject old, string containers, string statuses)
    {
        var policy = old.StringAt("spec", "restartPolicy") ?? "Always";
        return Status(old).Objects(statuses).SelectMany((before, i) =>
        {
            if (before.ObjectAt("state", "terminated") is not { } end)
                return (IEnumerable<FieldError>)[];
            var own = old.ObjectAt("spec")?.Objects(containers).FirstOrDefault(container => container.StringAt("name") == before.StringAt("name"));
            var now = Status(pod).Objects(statuses).FirstOrDefault(status => status.StringAt("name") == before.StringAt("name"));
            var mayRun = (own?.StringAt("restartPolicy") ?? policy) switch
            {
                "Never" => own?.Has("restartPolicyRules") == true,
                "OnFailure" => (end.LongAt("exitCode") ?? 0) != 0,
                _ => true,
            };
            return mayRun || now is null || now.ObjectAt("state", "terminated") is not null ? [] : [FieldError.Forbidden($"{Checks.At($"status.{statuses}", i)}.state", "may not be transitioned to non-terminated state")];
        });
    }

    private static IEnumerable<FieldError> Addresses(JsonObject status, JsonObject before, string field)
    {
        var known = before.Objects(field).Select(static address => address.StringAt("ip")).ToHashSet(StringComparer.Ordinal);
        var addresses = status.Objects(field).Select(static address => address.StringAt("ip") ?? "").ToArray();
        for (var i = 0; i < addresses.Length; i++)
        {
            foreach (var error in known.Contains(addresses[i]) ? [] : Checks.Address(addresses[i], Checks.At($"status.{field}", i)))
                yield return error;
        }

        var families = addresses.Select(static address => Formats.ParseAddress(address)?.AddressFamily ?? AddressFamily.Unspecified).ToArray();
        if (addresses.Length > 1 && families.Distinct().Count() != addresses.Length)
            yield return FieldError.Invalid($"status.{field}", JsonArray.Of(addresses.Select(static address => JsonObject.Of(("IP", address)))), "may specify no more than one IP for each IP family");
    }
}
