using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>How many of some pods are ready, and how many have been so for long enough.</summary>
internal readonly record struct Availability(int Ready, int Available, DateTimeOffset? NextChange)
{
    public static Availability Of(IEnumerable<JsonObject> pods, TimeSpan minReady, DateTimeOffset now)
    {
        int ready = 0, available = 0;
        DateTimeOffset? next = null;
        foreach (var pod in pods)
        {
            if (pod.AvailableFrom(minReady) is not { } from)
                continue;
            ready++;
            if (from <= now)
                available++;
            else if (next is null || from < next)
                next = from;
        }

        return new(ready, available, next);
    }

    public static TimeSpan MinReady(JsonObject workload) => TimeSpan.FromSeconds(workload.LongAt("spec", "minReadySeconds") ?? 0);
}
