using OperatorKit.ApiServer.BuiltIns.Strategies;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Defaults;

/// <summary>Defaults of the kinds that make pods.</summary>
internal static class WorkloadDefaults
{
    public static JsonObject Deployment(JsonObject deployment) => Spec(deployment, static spec => spec
        .OrDefault("replicas", 1)
        .OrDefault("revisionHistoryLimit", 10)
        .OrDefault("progressDeadlineSeconds", 600)
        .ChangeOrAdd("strategy", static strategy => Rolling(strategy, static rolling => rolling.OrDefault("maxUnavailable", "25%").OrDefault("maxSurge", "25%"))));

    public static JsonObject ReplicaSet(JsonObject set) => Spec(set, static spec => spec.OrDefault("replicas", 1));

    public static JsonObject ReplicationController(JsonObject controller)
    {
        if (controller.ObjectAt("spec", "template", "metadata", "labels") is { Count: > 0 } labels)
        {
            controller = controller.Change("spec", spec => spec["selector"] is JsonObject { Count: > 0 } ? spec : spec.With("selector", labels));
            controller = controller.ChangeOrAdd("metadata", metadata => metadata["labels"] is JsonObject { Count: > 0 } ? metadata : metadata.With("labels", labels));
        }

        return ReplicaSet(controller);
    }

    public static JsonObject StatefulSet(JsonObject set) => Spec(set, static spec => spec
        .OrDefaultText("podManagementPolicy", "OrderedReady")
        .OrDefault("replicas", 1)
        .OrDefault("revisionHistoryLimit", 10)
        .ChangeOrAdd("updateStrategy", OrderedUpdate)
        .ChangeOrAdd("persistentVolumeClaimRetentionPolicy", static policy => policy.OrDefaultText("whenDeleted", "Retain").OrDefaultText("whenScaled", "Retain"))
        .ChangeEach("volumeClaimTemplates", static claim => VolumeDefaults.Claim(claim.With("apiVersion", "v1").With("kind", "PersistentVolumeClaim"))));

    public static JsonObject DaemonSet(JsonObject set) => Spec(DaemonSetStrategy.Counted(set), static spec => spec
        .OrDefault("revisionHistoryLimit", 10)
        .ChangeOrAdd("updateStrategy", static strategy => Rolling(strategy, static rolling => rolling.OrDefault("maxUnavailable", 1).OrDefault("maxSurge", 0))));

    public static JsonObject Job(JsonObject job)
    {
        if (job.ObjectAt("spec", "template", "metadata", "labels") is { Count: > 0 } labels)
            job = job.ChangeOrAdd("metadata", metadata => metadata["labels"] is JsonObject { Count: > 0 } ? metadata : metadata.With("labels", labels));
        return Spec(job, static spec =>
        {
            if (!spec.Has("parallelism") && !spec.Has("completions"))
                spec = spec.With("completions", 1);
            return spec
                .OrDefault("parallelism", 1)
                .OrDefault("backoffLimit", spec.Has("backoffLimitPerIndex") ? int.MaxValue : 6)
                .OrDefault("completionMode", "NonIndexed")
                .OrDefault("suspend", false)
                .OrDefault("manualSelector", false)
                .OrDefault("podReplacementPolicy", spec.Has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed")
                .Change("podFailurePolicy", static policy => policy.ChangeEach("rules", static rule =>
                    rule.ChangeEach("onPodConditions", static condition => condition.OrDefaultText("status", "True"))));
        });
    }

    // The job inside is no Job: only its pod template has defaults.
    public static JsonObject CronJob(JsonObject job) => job.Change("spec", static spec => spec
        .OrDefaultText("concurrencyPolicy", "Allow")
        .OrDefault("suspend", false)
        .OrDefault("successfulJobsHistoryLimit", 3)
        .OrDefault("failedJobsHistoryLimit", 1)
        .Change("jobTemplate", static template => template.Change("spec", PodDefaults.Template)));

    public static JsonObject PodTemplate(JsonObject template) => PodDefaults.Template(template);

    private static JsonObject Spec(JsonObject workload, Func<JsonObject, JsonObject> defaults) =>
        workload.Change("spec", spec => PodDefaults.Template(defaults(spec)));

    // A type without its settings stays without them: unlike other kinds, this one fills them in only beside the type.
    private static JsonObject OrderedUpdate(JsonObject strategy) => strategy.StringAt("type") is { Length: > 0 } && !strategy.Has("rollingUpdate")
        ? strategy
        : Rolling(strategy, static rolling => rolling.OrDefault("partition", 0));

    private static JsonObject Rolling(JsonObject strategy, Func<JsonObject, JsonObject> defaults)
    {
        strategy = strategy.OrDefaultText("type", "RollingUpdate");
        return strategy.StringAt("type") == "RollingUpdate" ? strategy.ChangeOrAdd("rollingUpdate", defaults) : strategy;
    }
}
