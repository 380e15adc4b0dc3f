using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Disruption budgets, autoscalers, leases and claims.</summary>
internal static class PolicyValidation
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    public static IEnumerable<FieldError> DisruptionBudget(JsonObject budget, JsonObject? old)
    {
        var spec = budget.ObjectAt("spec") ?? JsonObject.Empty;
        if (!spec.Has("minAvailable") || !spec.Has("maxUnavailable"))
            yield break;
        // The real server prints its internal struct here.
        var printed = JsonObject.Of(
            ("MinAvailable", spec["minAvailable"]!),
            ("Selector", spec["selector"] ?? JsonValue.Null),
            ("MaxUnavailable", spec["maxUnavailable"]!),
            ("UnhealthyPodEvictionPolicy", spec["unhealthyPodEvictionPolicy"] ?? JsonValue.Null));
        yield return FieldError.Invalid("spec", printed, "minAvailable and maxUnavailable cannot be both set");
    }

    public static IEnumerable<FieldError> Autoscaler(JsonObject scaler, JsonObject? old)
    {
        var spec = scaler.ObjectAt("spec") ?? JsonObject.Empty;
        var (min, max) = (spec.LongAt("minReplicas"), spec.LongAt("maxReplicas") ?? 0);
        if (min is < 1)
            yield return FieldError.Invalid("spec.minReplicas", min.Value, "must be greater than or equal to 1");
        if (max < 1)
            yield return FieldError.Invalid("spec.maxReplicas", max, "must be greater than 0");
        if (min > max)
            yield return FieldError.Invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
        var target = spec.ObjectAt("scaleTargetRef") ?? JsonObject.Empty;
        foreach (var field in (string[])["kind", "name"])
        {
            if (string.IsNullOrEmpty(target.StringAt(field)))
                yield return FieldError.Required($"spec.scaleTargetRef.{field}");
        }

        var version = target.StringAt("apiVersion") ?? "";
        if (version.Length == 0)
            yield return FieldError.Invalid("spec.scaleTargetRef.apiVersion", version, "apiVersion must specify API group");
    }

    public static IEnumerable<FieldError> Lease(JsonObject lease, JsonObject? old)
    {
        var spec = lease.ObjectAt("spec") ?? JsonObject.Empty;
        if (spec.LongAt("leaseDurationSeconds") is { } duration and <= 0)
            yield return FieldError.Invalid("spec.leaseDurationSeconds", duration, "must be greater than 0");
        foreach (var error in Checks.NotNegative(spec, "spec", "leaseTransitions"))
            yield return error;
    }

    public static IEnumerable<FieldError> Claim(JsonObject claim, JsonObject? old)
    {
        var spec = claim.ObjectAt("spec") ?? JsonObject.Empty;
        if (!spec.Strings("accessModes").Any())
            yield return FieldError.Required("spec.accessModes", "at least 1 access mode is required");
        foreach (var mode in spec.Strings("accessModes").Where(static mode => !AccessModes.Contains(mode)))
            yield return FieldError.NotSupported("spec.accessModes", mode, AccessModes);
        if (spec.StringAt("resources", "requests", "storage") is not { } storage)
            yield return FieldError.Required("spec.resources[storage]");
        else if (QuantityText.Nanos(storage) <= 0)
            yield return FieldError.Invalid("spec.resources[storage]", storage, "must be greater than zero");
        if (old?.ObjectAt("spec") is { } before && before.StringAt("volumeName") is { Length: > 0 } && !Fixed(spec).Equals(Fixed(before)))
            yield return FieldError.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
    }

    private static JsonObject Fixed(JsonObject spec) => spec.Without("resources").Without("volumeAttributesClassName");
}
