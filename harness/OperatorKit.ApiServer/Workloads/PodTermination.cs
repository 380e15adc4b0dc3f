using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>How long a deleted pod may take to end: no time at all where no node runs it.</summary>
internal static class PodTermination
{
    public static long GracePeriod(JsonObject pod, long? asked)
    {
        if (pod.NodeName.Length == 0 || pod.IsFinished)
            return 0;
        var seconds = asked ?? pod.LongAt("metadata", "deletionGracePeriodSeconds") ?? pod.LongAt("spec", "terminationGracePeriodSeconds") ?? 30;
        return seconds < 0 ? 1 : seconds;
    }
}
