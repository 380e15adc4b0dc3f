using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

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
            .. Template(spec, "ReplicaSet"),
            .. UpdateStrategyValidation.Deployment(spec),
            .. Checks.NotNegative(spec, "spec", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"),
            .. spec.LongAt("progressDeadlineSeconds") is { } deadline && deadline <= (spec.LongAt("minReadySeconds") ?? 0)
                ? [FieldError.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds")]
                : (FieldError[])[],
            .. SelectorUnchanged(spec, old),
        ];
        return old is null ? errors : errors.Concat(DeploymentStatus(deployment.ObjectAt("status") ?? JsonObject.Empty));
    }

    public static IEnumerable<FieldError> ReplicaSet(JsonObject set, JsonObject? old)
    {
        var (spec, status) = (Spec(set), set.ObjectAt("status") ?? JsonObject.Empty);
        IEnumerable<FieldError> errors =
        [
            .. Checks.NotNegative(spec, "spec", "replicas", "minReadySeconds"),
            .. Selector(spec, "empty selector is invalid for deployment"),
            .. Template(spec, "ReplicaSet"),
            .. SelectorUnchanged(spec, old),
        ];
        return old is null ? errors : errors.Concat(ReplicaStatus(status));
    }

    public static IEnumerable<FieldError> StatefulSet(JsonObject set, JsonObject? old)
    {
        var spec = Spec(set);
        var policy = spec.StringAt("podManagementPolicy") ?? "";
        IEnumerable<FieldError> errors =
        [
            .. policy is "" or "OrderedReady" or "Parallel" ? [] : (FieldError[])[FieldError.Invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")],
            .. UpdateStrategyValidation.StatefulSet(spec),
            .. spec.ObjectAt("persistentVolumeClaimRetentionPolicy") is { } retention
                ? Checks.OneOf(retention, "spec.persistentVolumeClaimRetentionPolicy", "whenDeleted", "Retain", "Delete").Concat(Checks.OneOf(retention, "spec.persistentVolumeClaimRetentionPolicy", "whenScaled", "Retain", "Delete"))
                : [],
            .. old is null
                ? spec.Objects("volumeClaimTemplates").SelectMany(static (claim, i) => StorageValidation.ClaimSpec(claim.ObjectAt("spec") ?? JsonObject.Empty, $"{Checks.At("spec.volumeClaimTemplates", i)}.spec"))
                : [],
            .. Checks.NotNegative(spec, "spec", "replicas", "minReadySeconds"),
            .. spec.ObjectAt("ordinals") is { } ordinals ? Checks.NotNegative(ordinals, "spec.ordinals", "start") : [],
            .. old is null && spec.StringAt("serviceName") is { Length: > 0 } service ? Checks.Formatted(service, "spec.serviceName", NameFormat.Label) : [],
            .. Selector(spec, "empty selector is invalid for statefulset"),
            .. Template(WithClaims(spec), "StatefulSet"),
        ];
        if (old is not null && !Fixed(spec).Equals(Fixed(Spec(old))))
            errors = errors.Append(FieldError.Forbidden("spec", StatefulSetForbidden));
        return errors;
    }

    public static IEnumerable<FieldError> DaemonSet(JsonObject set, JsonObject? old)
    {
        var spec = Spec(set);
        var selector = spec.ObjectAt("selector");
        return
        [
            .. SelectorUnchanged(spec, old),
            .. selector is null ? [] : Selectors.Validate(selector, "spec.selector"),
            .. PodValidation.Selected(spec.ObjectAt("template"), selector, "spec.template"),
            .. selector is not null && IsEmpty(selector) ? [FieldError.Invalid("spec.selector", selector, "empty selector is invalid for daemonset")] : (FieldError[])[],
            .. PodValidation.Template(spec.ObjectAt("template"), "spec.template"),
            .. AlwaysRestarted(spec, "DaemonSet"),
            .. Checks.NotNegative(spec, "spec", "minReadySeconds"),
            .. UpdateStrategyValidation.DaemonSet(spec),
            .. Checks.NotNegative(spec, "spec", "revisionHistoryLimit"),
        ];
    }

    public static IEnumerable<FieldError> ReplicationController(JsonObject controller, JsonObject? old)
    {
        var spec = Spec(controller);
        var selector = spec.ObjectAt("selector");
        var errors = Checks.NotNegative(spec, "spec", "minReadySeconds");
        if (selector is not { Count: > 0 })
            errors = errors.Append(FieldError.Required("spec.selector"));
        errors = errors.Concat(Checks.NotNegative(spec, "spec", "replicas"));
        if (spec.ObjectAt("template") is null)
            return errors.Append(FieldError.Required("spec.template"));
        return errors.Concat(Template(spec.With("selector", JsonObject.Of(("matchLabels", selector ?? JsonObject.Empty))), "ReplicationController"));
    }

    public static IEnumerable<FieldError> PodTemplate(JsonObject template, JsonObject? old) => PodValidation.Template(template.ObjectAt("template"), "template");

    public static IEnumerable<FieldError> ControllerRevision(JsonObject revision, JsonObject? old)
    {
        IEnumerable<FieldError> errors = revision.LongAt("revision") is { } number and < 0 ? [FieldError.Invalid("revision", number, "must be greater than or equal to 0")] : [];
        if (old is not null)
            return errors.Concat(Checks.Immutable(revision["data"], old["data"], "data"));
        return revision["data"] switch
        {
            null or JsonNull => errors.Append(FieldError.Required("data", "data is mandatory")),
            JsonObject => errors,
            _ => errors.Append(FieldError.Required("data", "data must be a valid JSON object")),
        };
    }

    private static JsonObject Spec(JsonObject workload) => workload.ObjectAt("spec") ?? JsonObject.Empty;

    private static IEnumerable<FieldError> Selector(JsonObject spec, string emptyProblem)
    {
        if (spec.ObjectAt("selector") is not { } selector)
            return [FieldError.Required("spec.selector")];
        return IsEmpty(selector) ? [FieldError.Invalid("spec.selector", selector, emptyProblem)] : Selectors.Validate(selector, "spec.selector");
    }

    private static bool IsEmpty(JsonObject selector) => selector.ObjectAt("matchLabels") is not { Count: > 0 } && !selector.Objects("matchExpressions").Any();

    private static IEnumerable<FieldError> Template(JsonObject spec, string owner, string malformed = "invalid label selector")
    {
        if (spec.ObjectAt("selector") is { } selector && !Selectors.IsWellFormed(selector))
            return [FieldError.Invalid("spec.selector", selector, malformed)];
        return PodValidation.Template(spec.ObjectAt("template"), spec.ObjectAt("selector"), "spec.template").Concat(AlwaysRestarted(spec, owner));
    }

    private static IEnumerable<FieldError> AlwaysRestarted(JsonObject spec, string owner)
    {
        var pod = spec.ObjectAt("template", "spec");
        if (pod?.StringAt("restartPolicy") is { } policy && policy != "Always")
            yield return FieldError.NotSupported("spec.template.spec.restartPolicy", policy, "Always");
        if (pod?.Has("activeDeadlineSeconds") == true)
            yield return FieldError.Forbidden("spec.template.spec.activeDeadlineSeconds", $"activeDeadlineSeconds in {owner} is not Supported");
    }

    /// <summary>A stateful set's containers may mount what its claim templates make.</summary>
    private static JsonObject WithClaims(JsonObject spec)
    {
        var claims = spec.Objects("volumeClaimTemplates").Select(static claim => claim.StringAt("metadata", "name") ?? "").ToArray();
        return claims.Length == 0 ? spec : spec.Change("template", template => template.Change("spec", pod => pod.With("volumes", JsonArray.Of(
            claims.Select(static name => JsonObject.Of(("name", name), ("persistentVolumeClaim", JsonObject.Of(("claimName", name)))))
                .Concat(pod.Objects("volumes").Where(volume => !claims.Contains(volume.StringAt("name") ?? "")))))));
    }

    private static IEnumerable<FieldError> SelectorUnchanged(JsonObject spec, JsonObject? old) =>
        old is null ? [] : Checks.Immutable(spec["selector"], Spec(old)["selector"], "spec.selector");

    private static IEnumerable<FieldError> DeploymentStatus(JsonObject status)
    {
        foreach (var error in Checks.NotNegative(status, "status", "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "collisionCount"))
            yield return error;
        foreach (var error in NoMoreThanAll(status, "updatedReplicas", "readyReplicas", "availableReplicas"))
            yield return error;
    }

    private static IEnumerable<FieldError> ReplicaStatus(JsonObject status) =>
        Checks.NotNegative(status, "status", "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration")
            .Concat(NoMoreThanAll(status, "fullyLabeledReplicas", "readyReplicas", "availableReplicas"));

    private static IEnumerable<FieldError> NoMoreThanAll(JsonObject status, params string[] fields)
    {
        var (replicas, ready) = (status.LongAt("replicas") ?? 0, status.LongAt("readyReplicas") ?? 0);
        foreach (var field in fields)
        {
            var count = status.LongAt(field) ?? 0;
            if (count > replicas)
                yield return FieldError.Invalid($"status.{field}", count, "cannot be greater than status.replicas");
        }

        if (status.LongAt("availableReplicas") is { } available && available > ready)
            yield return FieldError.Invalid("status.availableReplicas", available, "cannot be greater than readyReplicas");
    }

    private static JsonObject Fixed(JsonObject spec) => StatefulSetMayChange.Aggregate(spec, static (current, field) => current.Without(field));
}
