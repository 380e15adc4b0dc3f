using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>What controllers ask of a pod.</summary>
internal static class PodState
{
    extension(JsonObject pod)
    {
        public string Phase => pod.StringAt("status", "phase") ?? "Pending";

        public string NodeName => pod.StringAt("spec", "nodeName") ?? "";

        public bool IsFinished => pod.Phase is "Succeeded" or "Failed";

        /// <summary>Neither finished nor on its way out: it counts as a replica.</summary>
        public bool IsActive => !pod.IsFinished && !pod.IsDeleting;

        public bool IsReady => Conditions.IsTrue(pod, "Ready");

        /// <summary>When a ready pod has been ready for that long, or null when it is not ready.</summary>
        public DateTimeOffset? AvailableFrom(TimeSpan minReady)
        {
            var since = pod.IsReady ? KubernetesTime.Parse(Conditions.Find(pod, "Ready")?.StringAt("lastTransitionTime")) : null;
            return since + minReady;
        }
    }
}
