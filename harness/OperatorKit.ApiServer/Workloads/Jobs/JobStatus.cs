using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Workloads.Jobs;

/// <summary>How many pods of a Job are done.</summary>
internal readonly record struct JobCount(int Succeeded, int Failed);

/// <summary>The status of a Job, and when it is over.</summary>
internal static class JobStatus
{
    public static bool IsFinished(JsonObject job) => Conditions.IsTrue(job, "Complete") || Conditions.IsTrue(job, "Failed");

    public static DateTimeOffset FinishedAt(JsonObject job, DateTimeOffset now)
    {
        var condition = Conditions.IsTrue(job, "Complete") ? Conditions.Find(job, "Complete") : Conditions.Find(job, "Failed");
        return KubernetesTime.Parse(condition?.StringAt("lastTransitionTime")) ?? now;
    }

    public static JobCount Count(JsonObject job, List<JsonObject> pods) => new(
        (int)Math.Max(pods.Count(static pod => pod.Phase == "Succeeded"), job.LongAt("status", "succeeded") ?? 0),
        (int)Math.Max(pods.Count(static pod => pod.Phase == "Failed"), job.LongAt("status", "failed") ?? 0));

    /// <summary>When <c>activeDeadlineSeconds</c> is over; null without one.</summary>
    public static DateTimeOffset? Deadline(JsonObject job) => job.LongAt("spec", "activeDeadlineSeconds") is { } seconds
        ? KubernetesTime.Parse(job.StringAt("status", "startTime")) + TimeSpan.FromSeconds(seconds)
        : null;

    /// <summary>The condition that ends the Job, or null while it goes on.</summary>
    public static Condition? Outcome(JsonObject job, JobCount count, DateTimeOffset now)
    {
        if (count.Succeeded >= (job.LongAt("spec", "completions") ?? 1))
            return new("Complete", true, "CompletionsReached", "Reached expected number of succeeded pods");
        if (count.Failed > (job.LongAt("spec", "backoffLimit") ?? 6))
            return new("Failed", true, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        return Deadline(job) <= now ? new("Failed", true, "DeadlineExceeded", "Job was active longer than specified deadline") : null;
    }

    public static JsonObject Of(JsonObject job, List<JsonObject> active, JobCount count, Condition? outcome, bool suspended, DateTimeOffset now)
    {
        var status = (job.ObjectAt("status") ?? JsonObject.Empty)
            .WithCountUnlessZero("active", active.Count)
            .With("ready", active.Count(static pod => pod.IsReady))
            .WithCountUnlessZero("succeeded", count.Succeeded)
            .WithCountUnlessZero("failed", count.Failed)
            .With("terminating", 0)
            .With("uncountedTerminatedPods", JsonObject.Empty);
        if (!suspended && !status.ContainsKey("startTime"))
            status = status.With("startTime", KubernetesTime.Format(now));
        var conditions = Conditions.Set(job, now, Wanted(job, outcome, suspended)).Items.OfType<JsonObject>()
            .Select(entry => entry.ContainsKey("lastProbeTime") ? entry : entry.With("lastProbeTime", KubernetesTime.Format(now))).ToList();
        if (conditions.Count > 0)
            status = status.With("conditions", JsonArray.Of(conditions));
        return outcome is { Type: "Complete" } ? status.With("completionTime", KubernetesTime.Format(now)) : status;
    }

    private static IEnumerable<Condition> Wanted(JsonObject job, Condition? outcome, bool suspended)
    {
        if (suspended)
            yield return new("Suspended", true, "JobSuspended", "Job suspended");
        else if (Conditions.IsTrue(job, "Suspended"))
            yield return new("Suspended", false, "JobResumed", "Job resumed");
        if (outcome is null)
            yield break;

        // The first says that the end is near, the second that no pod runs any more; here both come together.
        yield return outcome with { Type = outcome.Type == "Complete" ? "SuccessCriteriaMet" : "FailureTarget" };
        yield return outcome;
    }
}
