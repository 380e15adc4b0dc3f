using System.Collections.Immutable;
using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns;

/// <summary>What field selectors may name of built-in kinds beside the name and the namespace. Kinds are <c>plural</c> or <c>plural.group</c>.</summary>
internal static class FieldLabels
{
    public static ImmutableArray<string> Of(string name) => name switch
    {
        "pods" =>
        [
            "spec.nodeName", "spec.host", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ],
        "nodes" => ["spec.unschedulable"],
        "namespaces" => ["status.phase"],
        "secrets" => ["type"],
        "services" => ["spec.clusterIP", "spec.type"],
        "replicationcontrollers" => ["status.replicas"],
        "jobs.batch" => ["status.successful"],
        "resourceslices.resource.k8s.io" => ["spec.nodeName", "spec.driver"],
        "certificatesigningrequests.certificates.k8s.io" => ["spec.signerName"],
        "events" =>
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        "events.events.k8s.io" =>
        [
            "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
            "regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type",
        ],
        _ => [],
    };

    /// <summary>How to read a label whose value is not the one at its path; null for kinds that have none. The reader gives null for the others.</summary>
    public static Func<JsonObject, string, string?>? Reader(string name) => name switch
    {
        "pods" => static (pod, label) => label == "spec.host" ? pod.StringAt("spec", "nodeName") ?? "" : null,
        "jobs.batch" => static (job, label) => label == "status.successful" ? (job.LongAt("status", "succeeded") ?? 0).ToString(CultureInfo.InvariantCulture) : null,
        "events" => static (@event, label) => label == "source" ? Source(@event) : null,
        _ => null,
    };

    /// <summary>A kind's own words for a label that it does not have; null for the usual ones.</summary>
    public static Func<string, string>? Refusal(string name) => name switch
    {
        "jobs.batch" => static label => $"field label \"{label}\" not supported for Job",
        "resourceslices.resource.k8s.io" => static label => $"field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: {label}",
        _ => null,
    };

    private static string Source(JsonObject @event) =>
        @event.StringAt("source", "component") is { Length: > 0 } component ? component : @event.StringAt("reportingComponent") ?? "";
}
