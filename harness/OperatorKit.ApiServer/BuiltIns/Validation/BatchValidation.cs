using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Jobs and cron jobs.</summary>
internal static class BatchValidation
{
    private const string UidLabel = "batch.kubernetes.io/controller-uid";

    public static IEnumerable<FieldError> Job(JsonObject job, JsonObject? old)
    {
        var spec = job.ObjectAt("spec") ?? JsonObject.Empty;
        IEnumerable<FieldError> errors =
        [
            .. old is null ? GeneratedSelector(spec, job.StringAt("metadata", "uid") ?? "") : [],
            .. Spec(spec, "spec"),
            .. PodValidation.Template(spec.ObjectAt("template"), spec.ObjectAt("selector"), "spec.template"),
            .. RestartPolicy(spec.ObjectAt("template"), "spec.template.spec.restartPolicy"),
        ];
        if (old?.ObjectAt("spec") is not { } before)
            return errors;
        // Suspended jobs may still change where their pods go.
        var isSuspended = before.BoolAt("suspend") == true;
        return
        [
            .. errors,
            .. Checks.Immutable(spec["selector"], before["selector"], "spec.selector"),
            .. isSuspended ? [] : Checks.Immutable(spec["template"], before["template"], "spec.template"),
            .. Checks.Immutable(spec["completionMode"], before["completionMode"], "spec.completionMode"),
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
            .. Checks.OneOf(spec, "spec", "concurrencyPolicy", "Allow", "Forbid", "Replace"),
            .. Spec(template, "spec.jobTemplate.spec"),
            .. PodValidation.Spec(template.ObjectAt("template", "spec") ?? JsonObject.Empty, "spec.jobTemplate.spec.template.spec"),
            .. RestartPolicy(template.ObjectAt("template"), "spec.jobTemplate.spec.template.spec.restartPolicy"),
            .. Checks.NotNegative(spec, "spec", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"),
        ];
    }

    private static IEnumerable<FieldError> Spec(JsonObject spec, string path) =>
        Checks.NotNegative(spec, path, "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished");

    private static IEnumerable<FieldError> GeneratedSelector(JsonObject spec, string uid)
    {
        var labels = spec.ObjectAt("selector", "matchLabels");
        var isGenerated = labels is { Count: 1 } && labels.StringAt(UidLabel) == uid && !spec.ObjectAt("selector")!.Objects("matchExpressions").Any();
        if (spec.BoolAt("manualSelector") == true)
        {
            if (!spec.Has("selector"))
                yield return FieldError.Required("spec.selector");
        }
        else if (!isGenerated)
        {
            yield return FieldError.Invalid("spec.selector", spec["selector"] ?? JsonValue.Null, "`selector` not auto-generated");
        }
    }

    private static IEnumerable<FieldError> RestartPolicy(JsonObject? template, string path)
    {
        var policy = template?.StringAt("spec", "restartPolicy") ?? "";
        if (policy is "Always" or "")
            yield return FieldError.Required(path, "valid values: \"OnFailure\", \"Never\"");
        else if (policy is not ("OnFailure" or "Never"))
            yield return FieldError.NotSupported(path, policy, "OnFailure", "Never");
    }

    private static IEnumerable<FieldError> Schedule(JsonObject spec)
    {
        var schedule = spec.StringAt("schedule") ?? "";
        if (schedule.Length == 0)
        {
            yield return FieldError.Required("spec.schedule");
            yield break;
        }

        var fields = schedule.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (!schedule.StartsWith('@') && fields.Length != 5)
            yield return FieldError.Invalid("spec.schedule", schedule, FormattableString.Invariant($"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]"));
    }
}
