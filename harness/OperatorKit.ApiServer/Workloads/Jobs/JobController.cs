using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads.Jobs;

/// <summary>Runs pods until enough of them have succeeded or too many have failed; deletes finished Jobs whose time to live is over.</summary>
internal sealed class JobController : IController
{
    public string Name => "job-controller";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view) =>
        Ownership.Affected(change, view, WellKnown.Jobs, WellKnown.Pods);

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false } job)
            return Decision.Nothing;
        if (JobStatus.IsFinished(job))
            return Expire(key, job, now);

        var pods = view.ControlledBy(job.Uid, WellKnown.Pods).ToList();
        var count = JobStatus.Count(job, pods);
        var active = pods.Where(static pod => pod.IsActive).ToList();
        var outcome = JobStatus.Outcome(job, count, now);
        var wanted = outcome is not null || Suspended(job) ? 0 : Wanted(job, count);
        if (active.Count > wanted)
            return active.Skip(wanted).Select(Deletion).ToList();
        if (active.Count < wanted)
        {
            var pod = PodTemplate.Generated(job, job.ObjectAt("spec", "template") ?? JsonObject.Empty, "Job", "batch/v1");
            return Enumerable.Repeat<ControllerAction>(pod, wanted - active.Count).ToList();
        }

        var status = JobStatus.Of(job, active, count, outcome, Suspended(job), now);
        var deadline = JobStatus.Deadline(job);
        return status.Equals(job.ObjectAt("status"))
            ? new Decision([], deadline)
            : new Decision([new Replace(key, job.With("status", status), "status")], deadline);
    }

    private static bool Suspended(JsonObject job) => job.BoolAt("spec", "suspend") == true;

    private static int Wanted(JsonObject job, JobCount count)
    {
        var parallelism = job.LongAt("spec", "parallelism") ?? 1;
        // Without completions one success is enough, and no more pods are started after it.
        var left = job.LongAt("spec", "completions") is { } completions ? completions - count.Succeeded : count.Succeeded > 0 ? 0 : parallelism;
        return (int)Math.Clamp(Math.Min(parallelism, left), 0, 1000);
    }

    private static Decision Expire(ObjectKey key, JsonObject job, DateTimeOffset now)
    {
        if (job.LongAt("spec", "ttlSecondsAfterFinished") is not { } seconds)
            return Decision.Nothing;
        var expires = JobStatus.FinishedAt(job, now) + TimeSpan.FromSeconds(seconds);
        return expires > now ? Decision.At(expires) : new Delete(key, job.Uid);
    }

    private static ControllerAction Deletion(JsonObject pod) => new Delete(new ObjectKey(WellKnown.Pods, pod.Namespace, pod.Name), pod.Uid);
}
