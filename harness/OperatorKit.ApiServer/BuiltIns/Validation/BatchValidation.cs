using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Jobs and cron jobs.</summary>
internal static class BatchValidation
{
    public static IEnumerable<FieldError> Job(JsonObject job, JsonObject? old)
    {
        var spec = job.ObjectAt("spec") ?? JsonObject.Empty;
        FieldError[] content = [.. JobSpec(spec)];
        IEnumerable<FieldError> errors = [.. GeneratedSelector(job, spec), .. content];
        if (old?.ObjectAt("spec") is not { } before)
            return errors;
        // An update judges the spec once as a job and once as a change: causes repeat as upstream. Suspended jobs may still change where their pods go.
        var isSuspended = before.BoolAt("suspend") == true;
        return
        [
            .. errors,
            .. content,
            .. spec.StringAt("completionMode") == "Indexed" ? [] : Checks.Immutable(spec["completions"], before["completions"], "spec.completions"),
            .. Checks.Immutable(spec["selector"], before["selector"], "spec.selector"),
            .. isSuspended
                ? Checks.Immutable(Placeless(spec), Placeless(before), "spec.template")
                : Checks.Immutable(spec["template"], before["template"], "spec.template"),
            .. ((string[])["completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"]).SelectMany(field => Checks.Immutable(spec[field], before[field], $"spec.{field}")),
        ];
    }

    public static IEnumerable<FieldError> CronJob(JsonObject job, JsonObject? old)
    {
        var spec = job.ObjectAt("spec") ?? JsonObject.Empty;
        var template = spec.ObjectAt("jobTemplate", "spec") ?? JsonObject.Empty;
        return
        [
            .. Schedule(spec),
            .. Checks.NotNegative(spec, "spec", "startingDeadlineSeconds"),
            .. old?.StringAt("spec", "timeZone") == spec.StringAt("timeZone") ? [] : TimeZone(spec),
            .. Checks.OneOf(spec, "spec", "concurrencyPolicy", "Allow", "Forbid", "Replace"),
            .. Spec(template, "spec.jobTemplate.spec"),
            .. template["selector"] is JsonObject selector ? [FieldError.Invalid("spec.jobTemplate.spec.selector", selector, "`selector` will be auto-generated")] : (FieldError[])[],
            .. template.BoolAt("manualSelector") == true ? [FieldError.NotSupported("spec.jobTemplate.spec.manualSelector", true, "nil", "false")] : (FieldError[])[],
            .. Checks.NotNegative(spec, "spec", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"),
            .. old is null && job.StringAt("metadata", "name") is { Length: > 52 } name ? [FieldError.Invalid("metadata.name", name, "must be no more than 52 characters")] : (FieldError[])[],
        ];
    }

    private static IEnumerable<FieldError> JobSpec(JsonObject spec) =>
    [
        .. Spec(spec, "spec"),
        .. spec.ObjectAt("selector") is { } selector ? Selectors.Validate(selector, "spec.selector") : [FieldError.Required("spec.selector")],
        .. PodValidation.Selected(spec.ObjectAt("template"), spec.ObjectAt("selector"), "spec.template"),
    ];

    private static IEnumerable<FieldError> Spec(JsonObject spec, string path)
    {
        var isIndexed = spec.StringAt("completionMode") == "Indexed";
        return
        [
            .. Checks.NotNegative(spec, path, "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes"),
            .. spec.Has("maxFailedIndexes") && !spec.Has("backoffLimitPerIndex") ? [FieldError.Required($"{path}.backoffLimitPerIndex", "when maxFailedIndexes is specified")] : (FieldError[])[],
            .. spec.StringAt("managedBy") is { } manager ? NetworkValidation.DomainPath(manager, $"{path}.managedBy") : [],
            .. Checks.OneOf(spec, path, "completionMode", "NonIndexed", "Indexed"),
            .. isIndexed && !spec.Has("completions") ? [FieldError.Required($"{path}.completions", "when completion mode is Indexed")] : (FieldError[])[],
            .. isIndexed ? [] : ((string[])["backoffLimitPerIndex", "maxFailedIndexes"]).Where(spec.Has).Select(field => FieldError.Invalid($"{path}.{field}", spec[field]!, "requires indexed completion mode")),
            .. Checks.OneOf(spec, path, "podReplacementPolicy", spec.Has("podFailurePolicy") ? ["Failed"] : ["Failed", "TerminatingOrFailed"]),
            .. PodValidation.Template(spec.ObjectAt("template"), $"{path}.template"),
            .. RestartPolicy(spec, $"{path}.template.spec.restartPolicy"),
        ];
    }

    /// <summary>The template without what says where its pods go.</summary>
    private static JsonObject Placeless(JsonObject spec) => (spec.ObjectAt("template") ?? JsonObject.Empty)
        .Without("metadata")
        .Change("spec", static pod => pod.Without("affinity").Without("nodeSelector").Without("tolerations").Without("schedulingGates"));

    /// <summary>A selector that the user did not ask to choose is the generated one, and the template carries what was generated for it.</summary>
    private static IEnumerable<FieldError> GeneratedSelector(JsonObject job, JsonObject spec)
    {
        if (spec.BoolAt("manualSelector") == true || spec.ObjectAt("selector") is not { } selector)
            return [];
        var generated = JobStrategy.GeneratedLabels(job);
        var labels = spec.ObjectAt("template", "metadata", "labels") ?? JsonObject.Empty;
        return
        [
            .. generated.Where(label => !label.Value.Equals(labels[label.Key])).Select(label => Ungenerated(labels, label.Key, $"must be '{((JsonString)label.Value).Value}'")),
            .. Selectors.Matches(selector, generated) ? (FieldError[])[] : [FieldError.Invalid("spec.selector", selector, "`selector` not auto-generated")],
        ];
    }

    private static FieldError Ungenerated(JsonObject labels, string key, string problem) => labels.Has(key)
        ? FieldError.Invalid($"spec.template.metadata.labels[{key}]", labels, problem)
        : FieldError.Required($"spec.template.metadata.labels[{key}]", problem);

    private static IEnumerable<FieldError> RestartPolicy(JsonObject spec, string path)
    {
        var policy = spec.StringAt("template", "spec", "restartPolicy") ?? "";
        if (policy is "Always" or "")
            yield return FieldError.Required(path, "valid values: \"OnFailure\", \"Never\"");
        else if (policy is not ("OnFailure" or "Never"))
            yield return FieldError.NotSupported(path, policy, "OnFailure", "Never");
        else if (policy != "Never" && spec.Has("podFailurePolicy"))
            yield return FieldError.Invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified");
    }

    private static IEnumerable<FieldError> TimeZone(JsonObject spec)
    {
        if (spec.StringAt("timeZone") is not { } zone)
            yield break;
        if (zone.Length == 0)
            yield return FieldError.Invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string");
        else if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
            yield return FieldError.Invalid("spec.timeZone", zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return FieldError.Invalid("spec.timeZone", zone, $"unknown time zone {zone}");
    }

    private static IEnumerable<FieldError> Schedule(JsonObject spec)
    {
        var schedule = spec.StringAt("schedule") ?? "";
        if (schedule.Length == 0)
        {
            yield return FieldError.Required("spec.schedule");
            yield break;
        }

        if (CronText.Problem(schedule) is { } problem)
            yield return FieldError.Invalid("spec.schedule", schedule, problem);
        if (schedule.Contains("TZ", StringComparison.Ordinal))
            yield return FieldError.Invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
}
