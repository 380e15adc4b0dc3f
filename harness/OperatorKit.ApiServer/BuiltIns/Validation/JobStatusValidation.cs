using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>The status of a job: a job that has ended stays so, and says when it began and ended.</summary>
internal static class JobStatusValidation
{
    private static readonly string[] Terminal = ["Failed", "Complete", "FailureTarget"];

    public static IEnumerable<FieldError> Validate(JsonObject job, JsonObject old)
    {
        var (status, before) = (job.ObjectAt("status") ?? JsonObject.Empty, old.ObjectAt("status") ?? JsonObject.Empty);
        return
        [
            .. Checks.NotNegative(status, "status", "active", "succeeded", "failed", "ready", "terminating"),
            .. Uncounted(status),
            .. Together(status, before),
            .. Times(status, before),
            .. Prerequisites(status, before),
            .. Ended(job, status, before),
            .. Consistent(status),
            .. Transition(job, status, before),
        ];
    }

    private static bool Is(JsonObject status, string condition) => status.Objects("conditions").Any(item => item.StringAt("type") == condition && item.StringAt("status") == "True");

    private static bool HasEnded(JsonObject status) => Is(status, "Complete") || Is(status, "Failed");

    private static bool Differs(JsonObject status, JsonObject before, string field) => !Checks.Same(status[field], before[field]);

    private static FieldError OfConditions(string problem) => new(FieldErrorType.Invalid, "status.conditions", $"Invalid value: {problem}");

    private static IEnumerable<FieldError> Uncounted(JsonObject status)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ((string[])["succeeded", "failed"]).SelectMany(list => (status.ObjectAt("uncountedTerminatedPods")?.Strings(list) ?? []).SelectMany((uid, i) =>
        {
            var at = Checks.At($"status.uncountedTerminatedPods.{list}", i);
            return uid.Length == 0 ? [FieldError.Invalid(at, uid, "must not be empty")] : seen.Add(uid) ? (FieldError[])[] : [FieldError.Duplicate(at, uid)];
        }));
    }

    private static IEnumerable<FieldError> Together(JsonObject status, JsonObject before)
    {
        foreach (var other in (string[])["Failed", "FailureTarget"])
        {
            if (Is(status, "Complete") && Is(status, other) && !(Is(before, "Complete") && Is(before, other)))
                yield return OfConditions($"cannot set Complete=True and {other}=true conditions");
        }
    }

    private static IEnumerable<FieldError> Times(JsonObject status, JsonObject before)
    {
        var (isComplete, end) = (Is(status, "Complete"), status.StringAt("completionTime"));
        var isNew = isComplete != Is(before, "Complete") || Differs(status, before, "completionTime");
        if (isNew && end is not null && !isComplete)
            yield return FieldError.Invalid("status.completionTime", end, "cannot set completionTime when there is no Complete=True condition");
        if (isNew && end is null && isComplete)
            yield return FieldError.Required("status.completionTime", "completionTime is required for Complete jobs");
        var isMoved = Differs(status, before, "startTime") || Differs(status, before, "completionTime");
        if (isMoved && end is not null && status.StringAt("startTime") is { } start && Moment(end) < Moment(start))
            yield return FieldError.Invalid("status.completionTime", end, "must be equal to or after `startTime`");
    }

    private static DateTimeOffset Moment(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static IEnumerable<FieldError> Prerequisites(JsonObject status, JsonObject before)
    {
        if (Is(status, "Failed") && !Is(before, "Failed") && !Is(status, "FailureTarget"))
            yield return OfConditions("cannot set Failed=True condition without the FailureTarget=true condition");
        var isNew = Is(status, "Complete") != Is(before, "Complete") || Is(status, "SuccessCriteriaMet") != Is(before, "SuccessCriteriaMet");
        if (isNew && Is(status, "Complete") && !Is(status, "SuccessCriteriaMet"))
            yield return OfConditions("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }

    private static IEnumerable<FieldError> Ended(JsonObject job, JsonObject status, JsonObject before)
    {
        if (!HasEnded(status))
            yield break;
        var isNew = !HasEnded(before);
        if (status.LongAt("active") is { } active and > 0 && (isNew || Differs(status, before, "active")))
            yield return FieldError.Invalid("status.active", active, "active>0 is invalid for finished job");
        var neverStarts = job.BoolAt("spec", "suspend") == true && job.LongAt("spec", "completions") == 0;
        if (!status.Has("startTime") && !neverStarts && (isNew || Differs(status, before, "startTime")))
            yield return FieldError.Required("status.startTime", "startTime is required for finished job");
    }

    private static IEnumerable<FieldError> Consistent(JsonObject status)
    {
        if (status.LongAt("ready") is { } ready && ready > (status.LongAt("active") ?? 0))
            yield return FieldError.Invalid("status.ready", ready, "cannot set more ready pods than active");
        foreach (var other in (string[])["Failed", "FailureTarget"])
        {
            if (Is(status, "SuccessCriteriaMet") && Is(status, other))
                yield return OfConditions($"cannot set SuccessCriteriaMet=True and {other}=true conditions");
        }
    }

    private static IEnumerable<FieldError> Transition(JsonObject job, JsonObject status, JsonObject before)
    {
        foreach (var condition in Terminal.Where(condition => Is(before, condition) && !Is(status, condition)))
            yield return OfConditions($"cannot disable the terminal {condition}=True condition");
        foreach (var field in ((string[])["failed", "succeeded"]).Where(field => (status.LongAt(field) ?? 0) < (before.LongAt(field) ?? 0)))
            yield return FieldError.Invalid($"status.{field}", status.LongAt(field) ?? 0, $"cannot decrease the {field} counter");
        if (status.Has("completionTime") && before.Has("completionTime") && Differs(status, before, "completionTime"))
            yield return FieldError.Invalid("status.completionTime", status["completionTime"]!, "field is immutable");
        if (before.Has("startTime") && Differs(status, before, "startTime") && job.BoolAt("spec", "suspend") != true)
            yield return FieldError.Invalid("status.startTime", status["startTime"] ?? JsonValue.Null, "field is immutable for unsuspended job once set");
        if (Is(before, "SuccessCriteriaMet") && !Is(status, "SuccessCriteriaMet"))
            yield return OfConditions("cannot disable the SuccessCriteriaMet=True condition");
    }
}
