using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The kinds that keep pods running.</summary>
internal static class WorkloadValidation
{
    private const string StatefulSetForbidden = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
        + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    private static readonly string[] StatefulSetMayChange = ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    public static IEnumerable<FieldError> Deployment(JsonObject deployment, JsonObject? old)
    {
        var spec = Spec(deployment);
        IEnumerable<FieldError> errors =
        [
            .. Checks.NotNegative(spec, "spec", "replicas"),
            .. Selector(spec, "empty selector is invalid for deployment"),
            .. Template(spec),
            .. Strategy(spec.ObjectAt("strategy") ?? JsonObject.Empty),
            .. Checks.NotNegative(spec, "spec", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"),
            .. SelectorUnchanged(spec, old),
        ];
        return old is null ? errors : errors.Concat(DeploymentStatus(deployment.ObjectAt("status") ?? JsonObject.Empty));
    }

    public static IEnumerable<FieldError> ReplicaSet(JsonObject set, JsonObject? old)
    {
        var spec = Spec(set);
        return
        [
            .. Checks.NotNegative(spec, "spec", "replicas", "minReadySeconds"),
            .. Selector(spec, "empty selector is invalid for deployment"),
            .. Template(spec),
            .. SelectorUnchanged(spec, old),
            .. Checks.NotNegative(set.ObjectAt("status") ?? JsonObject.Empty, "status", "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"),
        ];
    }

    public static IEnumerable<FieldError> StatefulSet(JsonObject set, JsonObject? old)
    {
        var spec = Spec(set);
        IEnumerable<FieldError> errors =
        [
            .. Checks.OneOf(spec, "spec", "podManagementPolicy", "OrderedReady", "Parallel"),
            .. Checks.NotNegative(spec, "spec", "replicas"),
            .. Selector(spec, "empty selector is invalid for statefulset"),
            .. Template(spec),
            .. Checks.NotNegative(spec, "spec", "minReadySeconds"),
        ];
        if (old is not null && !Fixed(spec).Equals(Fixed(Spec(old))))
            errors = errors.Append(FieldError.Forbidden("spec", StatefulSetForbidden));
        return errors;
    }

    public static IEnumerable<FieldError> DaemonSet(JsonObject set, JsonObject? old)
    {
        var spec = Spec(set);
        return [.. Selector(spec, "empty selector is invalid for daemonset"), .. Template(spec), .. Checks.NotNegative(spec, "spec", "minReadySeconds"), .. SelectorUnchanged(spec, old)];
    }

    public static IEnumerable<FieldError> ReplicationController(JsonObject controller, JsonObject? old)
    {
        var spec = Spec(controller);
        var selector = spec.ObjectAt("selector");
        var errors = Checks.NotNegative(spec, "spec", "replicas", "minReadySeconds");
        if (selector is not { Count: > 0 })
            errors = errors.Append(FieldError.Required("spec.selector"));
        if (spec.ObjectAt("template") is null)
            return errors.Append(FieldError.Required("spec.template"));
        return errors.Concat(Template(spec.With("selector", JsonObject.Of(("matchLabels", selector ?? JsonObject.Empty)))));
    }

    private static JsonObject Spec(JsonObject workload) => workload.ObjectAt("spec") ?? JsonObject.Empty;

    private static IEnumerable<FieldError> Selector(JsonObject spec, string emptyProblem)
    {
        if (spec.ObjectAt("selector") is not { } selector)
            return [FieldError.Required("spec.selector")];
        var isEmpty = selector.ObjectAt("matchLabels") is not { Count: > 0 } && !selector.Objects("matchExpressions").Any();
        return isEmpty ? [FieldError.Invalid("spec.selector", selector, emptyProblem)] : Selectors.Validate(selector, "spec.selector");
    }

    private static IEnumerable<FieldError> Template(JsonObject spec)
    {
        var template = spec.ObjectAt("template");
        foreach (var error in PodValidation.Template(template, spec.ObjectAt("selector"), "spec.template"))
            yield return error;
        if (template?.StringAt("spec", "restartPolicy") is { } policy && policy != "Always")
            yield return FieldError.NotSupported("spec.template.spec.restartPolicy", policy, "Always");
    }

    private static IEnumerable<FieldError> SelectorUnchanged(JsonObject spec, JsonObject? old) =>
        old is null ? [] : Checks.Immutable(spec["selector"], Spec(old)["selector"], "spec.selector");

    private static IEnumerable<FieldError> Strategy(JsonObject strategy)
    {
        const string Path = "spec.strategy";
        var rolling = strategy.ObjectAt("rollingUpdate");
        switch (strategy.StringAt("type"))
        {
            case "Recreate" when rolling is not null:
                yield return FieldError.Forbidden($"{Path}.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate" when IsZero(rolling?["maxUnavailable"]) && IsZero(rolling?["maxSurge"]):
                yield return FieldError.Invalid($"{Path}.rollingUpdate.maxUnavailable", rolling?["maxUnavailable"] ?? 0, "may not be 0 when `maxSurge` is 0");
                break;
            case "Recreate" or "RollingUpdate":
                break;
            case var other:
                yield return FieldError.NotSupported($"{Path}.type", other ?? "", "Recreate", "RollingUpdate");
                break;
        }
    }

    private static IEnumerable<FieldError> DeploymentStatus(JsonObject status)
    {
        foreach (var error in Checks.NotNegative(status, "status", "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "collisionCount"))
            yield return error;
        var (replicas, ready) = (status.LongAt("replicas") ?? 0, status.LongAt("readyReplicas") ?? 0);
        foreach (var field in (string[])["updatedReplicas", "readyReplicas", "availableReplicas"])
        {
            var count = status.LongAt(field) ?? 0;
            if (count > replicas)
                yield return FieldError.Invalid($"status.{field}", count, "cannot be greater than status.replicas");
        }

        if (status.LongAt("availableReplicas") is { } available && available > ready)
            yield return FieldError.Invalid("status.availableReplicas", available, "cannot be greater than readyReplicas");
    }

    private static bool IsZero(JsonValue? value) => value switch
    {
        JsonString text => text.Value is "0%" or "0",
        JsonNumber number => number.TryGetInt64(out var integer) && integer == 0,
        _ => value is null,
    };

    private static JsonObject Fixed(JsonObject spec) => StatefulSetMayChange.Aggregate(spec, static (current, field) => current.Without(field));
}
