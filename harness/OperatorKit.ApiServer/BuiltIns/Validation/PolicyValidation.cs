using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Disruption budgets, leases, priorities and runtimes.</summary>
internal static class PolicyValidation
{
    private const long HighestPriority = 1_000_000_000;

    public static IEnumerable<FieldError> DisruptionBudget(JsonObject budget, JsonObject? old)
    {
        var spec = budget.ObjectAt("spec") ?? JsonObject.Empty;
        if (spec.Has("minAvailable") && spec.Has("maxUnavailable"))
        {
            // The real server prints its internal struct here.
            var printed = JsonObject.Of(
                ("MinAvailable", spec["minAvailable"]!),
                ("Selector", spec["selector"] ?? JsonValue.Null),
                ("MaxUnavailable", spec["maxUnavailable"]!),
                ("UnhealthyPodEvictionPolicy", spec["unhealthyPodEvictionPolicy"] ?? JsonValue.Null));
            yield return FieldError.Invalid("spec", printed, "minAvailable and maxUnavailable cannot be both set");
        }

        IEnumerable<FieldError> errors =
        [
            .. IntOrPercentValidation.Share(spec["minAvailable"], "spec.minAvailable"),
            .. IntOrPercentValidation.Share(spec["maxUnavailable"], "spec.maxUnavailable"),
            .. spec.ObjectAt("selector") is { } selector ? Selectors.Validate(selector, "spec.selector") : [],
            .. Checks.OneOf(spec, "spec", "unhealthyPodEvictionPolicy", "AlwaysAllow", "IfHealthyBudget"),
        ];
        foreach (var error in errors)
            yield return error;
    }

    public static IEnumerable<FieldError> Lease(JsonObject lease, JsonObject? old)
    {
        var spec = lease.ObjectAt("spec") ?? JsonObject.Empty;
        return
        [
            .. Checks.Positive(spec, "spec", "leaseDurationSeconds"),
            .. Checks.NotNegative(spec, "spec", "leaseTransitions"),
            .. spec.StringAt("preferredHolder") is { Length: > 0 } && string.IsNullOrEmpty(spec.StringAt("strategy"))
                ? [FieldError.Forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined")]
                : (FieldError[])[],
        ];
    }

    public static IEnumerable<FieldError> PriorityClass(JsonObject priority, JsonObject? old)
    {
        if (old is not null)
        {
            if ((priority.LongAt("value") ?? 0) != (old.LongAt("value") ?? 0))
                yield return FieldError.Forbidden("value", "may not be changed in an update.");
            foreach (var error in Checks.Immutable(priority["preemptionPolicy"], old["preemptionPolicy"], "preemptionPolicy"))
                yield return error;
            yield break;
        }

        var name = priority.StringAt("metadata", "name") ?? "";
        var isKnown = name is "system-node-critical" or "system-cluster-critical";
        if (name.StartsWith("system-", StringComparison.Ordinal) && !isKnown)
            yield return FieldError.Forbidden("metadata.name", $"priority class names with 'system-' prefix are reserved for system use only. error: {name} is not a known system priority class");
        else if (!isKnown && priority.LongAt("value") > HighestPriority)
            yield return FieldError.Forbidden("value", FormattableString.Invariant($"maximum allowed value of a user defined priority is {HighestPriority}"));
        if (priority.StringAt("preemptionPolicy") is { } preemption && preemption is not ("PreemptLowerPriority" or "Never"))
            yield return FieldError.NotSupported("preemptionPolicy", preemption, "PreemptLowerPriority", "Never");
    }

    public static IEnumerable<FieldError> RuntimeClass(JsonObject runtime, JsonObject? old)
    {
        return
        [
            .. runtime.StringAt("handler") is { Length: > 0 } handler ? Checks.Formatted(handler, "handler", NameFormat.Label) : [FieldError.Required("handler")],
            .. ResourceValidation.Container(JsonObject.Of(("resources", JsonObject.Of(("limits", runtime.ObjectAt("overhead", "podFixed") ?? JsonObject.Empty)))), "overhead"),
            .. runtime.ObjectAt("scheduling") is { } scheduling
                ? Checks.Labels(scheduling.ObjectAt("nodeSelector"), "scheduling.nodeSelector").Concat(SchedulingValidation.Tolerations(scheduling, "scheduling.tolerations"))
                : [],
            .. old is null ? [] : Checks.Immutable(runtime["handler"], old["handler"], "handler"),
        ];
    }
}
