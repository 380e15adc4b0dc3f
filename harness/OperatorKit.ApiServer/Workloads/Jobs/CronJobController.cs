using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads.Jobs;

/// <summary>Starts Jobs at their times, holds back or replaces those that overlap, and keeps a short history.</summary>
internal sealed class CronJobController : IController
{
    public string Name => "cronjob-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) =>
        Ownership.Affected(change, view, WellKnown.CronJobs, WellKnown.Jobs);

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false } cron)
            return Decision.Nothing;

        var jobs = view.ControlledBy(cron.Uid, WellKnown.Jobs).OrderBy(static job => job.StringAt("status", "startTime"), StringComparer.Ordinal).ToList();
        var forgotten = Forgotten(cron, jobs);
        if (forgotten.Count > 0)
            return forgotten;

        var active = jobs.Where(static job => !JobStatus.IsFinished(job)).ToList();
        var (due, next) = cron.BoolAt("spec", "suspend") == true ? (null, null) : Times(cron, now);
        var policy = cron.StringAt("spec", "concurrencyPolicy");
        if (due is { } at && !(policy == "Forbid" && active.Count > 0))
            return Start(key, cron, at, policy == "Replace" ? active : []);

        var status = Status(cron, jobs, active, cron.StringAt("status", "lastScheduleTime"));
        return status.Equals(cron.ObjectAt("status") ?? JsonObject.Empty)
            ? new Decision([], next)
            : new Decision([new Replace(key, cron.With("status", status), "status")], next);
    }

    /// <summary>The latest time that has come and was not served, and the one after now.</summary>
    private static (DateTimeOffset? Due, DateTimeOffset? Next) Times(JsonObject cron, DateTimeOffset now)
    {
        if (CronSchedule.Parse(cron.StringAt("spec", "schedule") ?? "") is not { } schedule || Zone(cron) is not { } zone)
            return (null, null);
        now = TimeZoneInfo.ConvertTime(now, zone);
        var last = KubernetesTime.Parse(cron.StringAt("status", "lastScheduleTime")) ?? KubernetesTime.Parse(cron.StringAt("metadata", "creationTimestamp")) ?? now;
        var earliest = cron.LongAt("spec", "startingDeadlineSeconds") is { } deadline ? now - TimeSpan.FromSeconds(deadline) : now - TimeSpan.FromDays(1);
        last = TimeZoneInfo.ConvertTime(last < earliest ? earliest : last, zone);
        DateTimeOffset? due = null;
        for (var time = schedule.Next(last); time <= now; time = schedule.Next(time.Value))
            due = time;
        return (due, schedule.Next(now));
    }

    private static TimeZoneInfo? Zone(JsonObject cron) => cron.StringAt("spec", "timeZone") is not { Length: > 0 } name
        ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static List<ControllerAction> Start(ObjectKey key, JsonObject cron, DateTimeOffset at, List<JsonObject> replaced)
    {
        var actions = replaced.Select(static ControllerAction (job) => new Delete(KeyOf(job), job.Uid)).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"{cron.Name}-{at.ToUnixTimeSeconds() / 60}");
        var template = cron.ObjectAt("spec", "jobTemplate") ?? JsonObject.Empty;
        var metadata = JsonObject.Of(("name", name), ("namespace", cron.Namespace), ("ownerReferences", OwnerReference.ControlledBy(cron, "batch/v1", "CronJob")));
        metadata = metadata.With("annotations", (template.ObjectAt("metadata", "annotations") ?? JsonObject.Empty)
            .With("batch.kubernetes.io/cronjob-scheduled-timestamp", KubernetesTime.Format(at)));
        if (template.At("metadata", "labels") is { } labels)
            metadata = metadata.With("labels", labels);
        var job = JsonObject.Of(("apiVersion", "batch/v1"), ("kind", "Job"), ("metadata", metadata), ("spec", template.ObjectAt("spec") ?? JsonObject.Empty));
        actions.Add(new Create(new ObjectKey(WellKnown.Jobs, cron.Namespace, name), job));
        actions.Add(new Replace(key, cron.WithAt(["status", "lastScheduleTime"], KubernetesTime.Format(at)), "status"));
        return actions;
    }

    private static JsonObject Status(JsonObject cron, List<JsonObject> jobs, List<JsonObject> active, string? lastSchedule)
    {
        var status = cron.ObjectAt("status") ?? JsonObject.Empty;
        status = active.Count == 0 ? status.Without("active") : status.With("active", JsonArray.Of(active.Select(static job => JsonObject.Of(
            ("kind", "Job"), ("namespace", job.Namespace), ("name", job.Name), ("uid", job.Uid), ("apiVersion", "batch/v1")))));
        if (lastSchedule is not null)
            status = status.With("lastScheduleTime", lastSchedule);
        var success = jobs.Select(static job => job.StringAt("status", "completionTime")).Where(static time => time is not null).Max(StringComparer.Ordinal);
        return success is null ? status : status.With("lastSuccessfulTime", success);
    }

    private static List<ControllerAction> Forgotten(JsonObject cron, List<JsonObject> jobs) =>
    [
        .. Beyond(jobs, "Complete", cron.LongAt("spec", "successfulJobsHistoryLimit") ?? 3),
        .. Beyond(jobs, "Failed", cron.LongAt("spec", "failedJobsHistoryLimit") ?? 1),
    ];

    private static IEnumerable<ControllerAction> Beyond(List<JsonObject> jobs, string condition, long limit) => jobs
        .Where(job => Conditions.IsTrue(job, condition) && !job.IsDeleting)
        .SkipLast((int)Math.Min(limit, int.MaxValue))
        .Select(static ControllerAction (job) => new Delete(KeyOf(job), job.Uid));

    private static ObjectKey KeyOf(JsonObject job) => new(WellKnown.Jobs, job.Namespace, job.Name);
}
