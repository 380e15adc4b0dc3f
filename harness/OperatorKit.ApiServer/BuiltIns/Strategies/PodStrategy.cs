using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>New pods are pending, have a quality of service, and get what the default admission plugins give them.</summary>
internal static class PodStrategy
{
    private static readonly string[] Tolerated = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public static JsonObject Create(JsonObject pod) => pod
        .With("status", JsonObject.Of(("phase", "Pending"), ("conditions", Conditions(pod)), ("qosClass", QualityOfService.Of(pod.ObjectAt("spec") ?? JsonObject.Empty))))
        .Change("spec", static spec => Tolerating(AtLeastOneSecond(spec)));

    public static JsonObject Update(JsonObject pod, JsonObject stored) =>
        pod
            .Change("status", status => stored.StringAt("status", "qosClass") is { } quality ? status.With("qosClass", quality) : status)
            .Change("spec", static spec => Tolerating(AtLeastOneSecond(spec)));

    private static JsonArray Conditions(JsonObject pod) => !pod.ObjectAt("spec")!.Objects("schedulingGates").Any() ? JsonArray.Empty : JsonArray.Of(JsonObject.Of(
        ("type", "PodScheduled"),
        ("status", "False"),
        ("lastProbeTime", JsonValue.Null),
        ("lastTransitionTime", pod.At("metadata", "creationTimestamp") ?? JsonValue.Null),
        ("reason", "SchedulingGated"),
        ("message", "Scheduling is blocked due to non-empty scheduling gates")));

    /// <summary>A negative grace period counts as one second.</summary>
    private static JsonObject AtLeastOneSecond(JsonObject spec) =>
        spec.LongAt("terminationGracePeriodSeconds") < 0 ? spec.With("terminationGracePeriodSeconds", 1) : spec;

    private static JsonObject Tolerating(JsonObject spec)
    {
        var tolerations = spec.Objects("tolerations").ToList();
        foreach (var key in Tolerated)
        {
            if (!tolerations.Any(toleration => Covers(toleration, key)))
                tolerations.Add(JsonObject.Of(("key", key), ("operator", "Exists"), ("effect", "NoExecute"), ("tolerationSeconds", 300)));
        }

        return spec.With("tolerations", JsonArray.Of(tolerations));
    }

    private static bool Covers(JsonObject toleration, string key) =>
        (toleration.StringAt("key") ?? "") is var tolerated && (tolerated == key || tolerated.Length == 0)
        && toleration.StringAt("effect") is null or "" or "NoExecute";
}
