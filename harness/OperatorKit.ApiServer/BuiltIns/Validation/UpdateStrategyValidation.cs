using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>How workloads replace their pods.</summary>
internal static class UpdateStrategyValidation
{
    public static IEnumerable<FieldError> Deployment(JsonObject spec)
    {
        const string Path = "spec.strategy";
        var strategy = spec.ObjectAt("strategy") ?? JsonObject.Empty;
        var rolling = strategy.ObjectAt("rollingUpdate");
        switch (strategy.StringAt("type"))
        {
            case "Recreate":
                return rolling is null ? [] : [FieldError.Forbidden($"{Path}.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'")];
            case "RollingUpdate":
                var (unavailable, surge) = (rolling?["maxUnavailable"], rolling?["maxSurge"]);
                return
                [
                    .. IntOrPercentValidation.Validate(unavailable, $"{Path}.rollingUpdate.maxUnavailable"),
                    .. IntOrPercentValidation.Validate(surge, $"{Path}.rollingUpdate.maxSurge"),
                    .. IntOrPercentValidation.IsZero(unavailable) && IntOrPercentValidation.IsZero(surge)
                        ? [FieldError.Invalid($"{Path}.rollingUpdate.maxUnavailable", unavailable ?? 0, "may not be 0 when `maxSurge` is 0")]
                        : (FieldError[])[],
                    .. IntOrPercentValidation.Limited(unavailable, $"{Path}.rollingUpdate.maxUnavailable"),
                ];
            default:
                return [FieldError.NotSupported(Path, Internal(strategy), "Recreate", "RollingUpdate")];
        }
    }

    public static IEnumerable<FieldError> StatefulSet(JsonObject spec)
    {
        const string Path = "spec.updateStrategy";
        var strategy = spec.ObjectAt("updateStrategy") ?? JsonObject.Empty;
        var rolling = strategy.ObjectAt("rollingUpdate");
        switch (strategy.StringAt("type"))
        {
            case "OnDelete":
                return rolling is null ? [] : [FieldError.Invalid($"{Path}.rollingUpdate", InternalPartition(rolling), "only allowed for updateStrategy 'RollingUpdate'")];
            case "RollingUpdate" when rolling is not null:
                var unavailable = rolling["maxUnavailable"];
                return
                [
                    .. Checks.NotNegative(rolling, $"{Path}.rollingUpdate", "partition"),
                    .. IntOrPercentValidation.Validate(unavailable, $"{Path}.rollingUpdate.maxUnavailable"),
                    .. unavailable is not (null or JsonNull) && IntOrPercentValidation.IsZero(unavailable) ? [FieldError.Invalid($"{Path}.rollingUpdate.maxUnavailable", unavailable, "cannot be 0")] : (FieldError[])[],
                    .. IntOrPercentValidation.Limited(unavailable, $"{Path}.rollingUpdate.maxUnavailable"),
                ];
            case "RollingUpdate" or null or "":
                return [];
            default:
                return [FieldError.Invalid(Path, Internal(strategy), "must be 'RollingUpdate' or 'OnDelete'")];
        }
    }

    public static IEnumerable<FieldError> DaemonSet(JsonObject spec)
    {
        const string Path = "spec.updateStrategy";
        var strategy = spec.ObjectAt("updateStrategy") ?? JsonObject.Empty;
        switch (strategy.StringAt("type"))
        {
            case "OnDelete":
                return [];
            case "RollingUpdate" when strategy.ObjectAt("rollingUpdate") is { } rolling:
                var (unavailable, surge) = (rolling["maxUnavailable"], rolling["maxSurge"]);
                var (hasUnavailable, hasSurge) = (!IntOrPercentValidation.IsZero(unavailable), !IntOrPercentValidation.IsZero(surge));
                return
                [
                    .. IntOrPercentValidation.Validate(unavailable, $"{Path}.rollingUpdate.maxUnavailable"),
                    .. IntOrPercentValidation.Validate(surge, $"{Path}.rollingUpdate.maxSurge"),
                    .. IntOrPercentValidation.Limited(unavailable, $"{Path}.rollingUpdate.maxUnavailable"),
                    .. IntOrPercentValidation.Limited(surge, $"{Path}.rollingUpdate.maxSurge"),
                    .. hasUnavailable && hasSurge ? [FieldError.Invalid($"{Path}.rollingUpdate.maxSurge", surge!, "may not be set when maxUnavailable is non-zero")] : (FieldError[])[],
                    .. !hasUnavailable && !hasSurge ? [FieldError.Required($"{Path}.rollingUpdate.maxUnavailable", "cannot be 0 when maxSurge is 0")] : (FieldError[])[],
                ];
            case "RollingUpdate":
                return [FieldError.Required($"{Path}.rollingUpdate")];
            default:
                return [FieldError.NotSupported(Path, Internal(strategy), "RollingUpdate", "OnDelete")];
        }
    }

    /// <summary>A strategy as the real server prints it: its internal struct.</summary>
    private static JsonObject Internal(JsonObject strategy) => JsonObject.Of(("Type", strategy["type"] ?? ""), ("RollingUpdate", strategy["rollingUpdate"] ?? JsonValue.Null));

    private static JsonObject InternalPartition(JsonObject rolling) => JsonObject.Of(("Partition", rolling["partition"] ?? 0), ("MaxUnavailable", rolling["maxUnavailable"] ?? JsonValue.Null));
}
