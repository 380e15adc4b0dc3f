using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of what runs pods.</summary>
internal static class WorkloadColumns
{
    public static TableLayout Deployment { get; } = new(
        Cells.Name,
        Cells.Text("Ready", "Ready pods, of those wanted.", static obj => Cells.Invariant($"{obj.LongAt("status", "readyReplicas") ?? 0}/{obj.LongAt("spec", "replicas") ?? 0}")),
        Cells.Count("Up-to-date", "Pods of the present template.", static obj => obj.LongAt("status", "updatedReplicas") ?? 0),
        Cells.Count("Available", "Pods that have been ready for long enough.", static obj => obj.LongAt("status", "availableReplicas") ?? 0),
        Cells.Age,
        Cells.Containers,
        Cells.Images,
        Cells.Selector);

    public static TableLayout Scale { get; } = new(
        Cells.Name,
        new TableColumn("Desired", "integer", "How many pods are wanted.", 0, static (obj, _) => obj.LongAt("spec", "replicas") ?? 0),
        new TableColumn("Available", "integer", "How many pods there are.", 0, static (obj, _) => obj.LongAt("status", "replicas") ?? 0),
        Cells.Age);

    public static TableLayout StatefulSet { get; } = new(
        Cells.Name,
        Cells.Text("Ready", "Ready pods, of those wanted.", static obj => Cells.Invariant($"{obj.LongAt("status", "readyReplicas") ?? 0}/{obj.LongAt("spec", "replicas") ?? 0}")),
        Cells.Age,
        Cells.Containers,
        Cells.Images);

    public static TableLayout ReplicaSet { get; } = Replicated(Cells.Selector);

    public static TableLayout ReplicationController { get; } = Replicated(Cells.Wide("Selector", Cells.Selector.Description, static obj => Cells.Labels(obj.ObjectAt("spec", "selector"))));

    public static TableLayout DaemonSet { get; } = new(
        Cells.Name,
        Cells.Number("Desired", "Nodes that should run the pod.", "status", "desiredNumberScheduled"),
        Cells.Number("Current", "Nodes that run the pod and should.", "status", "currentNumberScheduled"),
        Cells.Number("Ready", "Nodes on which the pod is ready.", "status", "numberReady"),
        Cells.Number("Up-to-date", "Nodes that run a pod of the present template.", "status", "updatedNumberScheduled"),
        Cells.Number("Available", "Nodes on which the pod has been ready for long enough.", "status", "numberAvailable"),
        Cells.Text("Node Selector", "The labels of the nodes that are meant.", static obj => Cells.Labels(obj.ObjectAt("spec", "template", "spec", "nodeSelector"))),
        Cells.Age,
        Cells.Containers,
        Cells.Images,
        Cells.Selector);

    public static TableLayout Job { get; } = new(
        Cells.Name,
        Cells.Text("Status", "How far the job is.", JobStatus),
        Cells.Text("Completions", "Pods that succeeded, of those wanted.", Completions),
        new TableColumn("Duration", "string", "How long the job ran, or has been running.", 0, Duration),
        Cells.Age,
        Cells.Containers,
        Cells.Images,
        Cells.Selector);

    public static TableLayout CronJob { get; } = new(
        Cells.Name,
        Cells.Text("Schedule", "When jobs start, in cron format.", static obj => obj.StringAt("spec", "schedule")),
        Cells.Text("Timezone", "The time zone of the schedule.", static obj => obj.StringAt("spec", "timeZone").Or(Cells.None)),
        new TableColumn("Suspend", "boolean", "Whether no more jobs are started.", 0, static (obj, _) => obj.BoolAt("spec", "suspend") == true ? "True" : "False"),
        new TableColumn("Active", "integer", "Jobs that run now.", 0, static (obj, _) => obj.ArrayAt("status", "active")?.Count ?? 0),
        Cells.Since("Last Schedule", "How long ago a job was last started.", Cells.None, "status", "lastScheduleTime"),
        Cells.Age,
        Cells.Containers,
        Cells.Images,
        Cells.Wide("Selector", Cells.Selector.Description, static obj => Cells.LabelSelector(obj.ObjectAt("spec", "jobTemplate", "spec", "selector"))));

    public static TableLayout ControllerRevision { get; } = new(
        Cells.Name,
        Cells.Text("Controller", "The object whose state this is.", Controller),
        Cells.Count("Revision", "The number of the state.", static obj => obj.LongAt("revision") ?? 0),
        Cells.Age);

    public static TableLayout PodTemplate { get; } = new(
        Cells.Name,
        Cells.Text("Containers", Cells.Containers.Description, static obj => Cells.Joined(obj.Objects("template", "spec", "containers"), "name")),
        Cells.Text("Images", Cells.Images.Description, static obj => Cells.Joined(obj.Objects("template", "spec", "containers"), "image")),
        Cells.Text("Pod Labels", "The labels of pods of the template.", static obj => Cells.Labels(obj.ObjectAt("template", "metadata", "labels"))));

    public static TableLayout PodDisruptionBudget { get; } = new(
        Cells.Name,
        Cells.Text("Min Available", "How many pods must stay.", static obj => Cells.Plain(obj.At("spec", "minAvailable")).Or("N/A")),
        Cells.Text("Max Unavailable", "How many pods may go.", static obj => Cells.Plain(obj.At("spec", "maxUnavailable")).Or("N/A")),
        Cells.Number("Allowed Disruptions", "How many pods may go right now.", "status", "disruptionsAllowed"),
        Cells.Age);

    private static TableLayout Replicated(TableColumn selector) => new(
        Cells.Name,
        Cells.Number("Desired", "Pods that are wanted.", "spec", "replicas"),
        Cells.Number("Current", "Pods that are there.", "status", "replicas"),
        Cells.Number("Ready", "Pods that are ready.", "status", "readyReplicas"),
        Cells.Age,
        Cells.Containers,
        Cells.Images,
        selector);

    private static string JobStatus(JsonObject job)
    {
        var conditions = job.Objects("status", "conditions").Where(static condition => condition.StringAt("status") == "True").Select(static condition => condition.StringAt("type")).ToHashSet();
        if (conditions.Contains("Complete"))
            return "Complete";
        if (conditions.Contains("Failed"))
            return "Failed";
        if (job.At("metadata", "deletionTimestamp") is not null)
            return "Terminating";
        return conditions.Contains("Suspended") ? "Suspended" : conditions.Contains("FailureTarget") ? "FailureTarget" : conditions.Contains("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(JsonObject job)
    {
        var succeeded = job.LongAt("status", "succeeded") ?? 0;
        if (job.LongAt("spec", "completions") is { } wanted)
            return Cells.Invariant($"{succeeded}/{wanted}");
        return job.LongAt("spec", "parallelism") is > 1 and var parallel ? Cells.Invariant($"{succeeded}/1 of {parallel}") : Cells.Invariant($"{succeeded}/1");
    }

    private static JsonValue Duration(JsonObject job, DateTimeOffset now)
    {
        if (job.StringAt("status", "startTime") is not { } start)
            return "";
        var end = job.StringAt("status", "completionTime") is { } completed && DateTimeOffset.TryParse(completed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : now;
        return HumanDuration.Since(start, end);
    }

    private static string Controller(JsonObject revision)
    {
        var owner = revision.Objects("metadata", "ownerReferences").FirstOrDefault(static reference => reference.BoolAt("controller") == true);
        if (owner is null)
            return Cells.None;
        var group = owner.StringAt("apiVersion") is { } version && version.Contains('/', StringComparison.Ordinal) ? "." + version.Split('/')[0] : "";
        return $"{owner.StringAt("kind")?.ToLowerInvariant()}{group}/{owner.StringAt("name")}";
    }
}
