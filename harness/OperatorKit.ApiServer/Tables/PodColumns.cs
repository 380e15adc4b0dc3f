using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tables;

/// <summary>The columns of a pod, whose status line sums up its containers.</summary>
internal static class PodColumns
{
    public static TableLayout Layout { get; } = new(
        Cells.Name,
        Cells.Text("Ready", "How many of the pod's containers are ready.", static pod => Summary(pod, default).Ready),
        Cells.Text("Status", "What the pod is doing.", static pod => Summary(pod, default).Status),
        new TableColumn("Restarts", "string", "How often containers were restarted, and when last.", 0, static (pod, now) => Summary(pod, now).Restarts),
        Cells.Age,
        Cells.Wide("IP", "The address of the pod.", static pod => (pod.Objects("status", "podIPs").FirstOrDefault()?.StringAt("ip")).Or(Cells.None)),
        Cells.Wide("Node", "The node that the pod runs on.", static pod => pod.StringAt("spec", "nodeName").Or(Cells.None)),
        Cells.Wide("Nominated Node", "The node that room is made on for the pod.", static pod => pod.StringAt("status", "nominatedNodeName").Or(Cells.None)),
        Cells.Wide("Readiness Gates", "How many of the extra conditions for readiness hold.", ReadinessGates));

    private static (string Ready, string Status, string Restarts) Summary(JsonObject pod, DateTimeOffset now)
    {
        var initContainers = pod.Objects("spec", "initContainers").ToList();
        var sidecars = initContainers.Where(static container => container.StringAt("restartPolicy") == "Always").Select(static container => container.StringAt("name")).ToHashSet();
        var status = pod.StringAt("status", "reason").Or(pod.StringAt("status", "phase") ?? "");
        if (pod.Objects("status", "conditions").Any(static condition => condition.StringAt("type") == "PodScheduled" && condition.StringAt("reason") == "SchedulingGated"))
            status = "SchedulingGated";

        var init = pod.Objects("status", "initContainerStatuses").ToList();
        var blocked = Blocking(init, sidecars, initContainers.Count);
        var ready = init.Count(container => IsRunningSidecar(container, sidecars) && container.BoolAt("ready") == true);
        IEnumerable<JsonObject> counted = init;
        if (blocked is null || HasCondition(pod, "Initialized"))
        {
            var containers = pod.Objects("status", "containerStatuses").ToList();
            counted = init.Where(container => sidecars.Contains(container.StringAt("name"))).Concat(containers);
            var running = containers.Count(static container => container.BoolAt("ready") == true && container.At("state", "running") is not null);
            ready += running;
            status = ContainerStatus(pod, containers, running > 0, blocked ?? status);
        }
        else
        {
            status = blocked;
        }

        if (pod.At("metadata", "deletionTimestamp") is not null)
            status = pod.StringAt("status", "reason") == "NodeLost" ? "Unknown" : pod.StringAt("status", "phase") is "Succeeded" or "Failed" ? status : "Terminating";
        var total = pod.Objects("spec", "containers").Count() + sidecars.Count;
        return (Cells.Invariant($"{ready}/{total}"), status, Restarts([.. counted], now));
    }

    /// <summary>What an init container that has not finished shows; null where none holds the pod up.</summary>
    private static string? Blocking(List<JsonObject> init, HashSet<string?> sidecars, int total)
    {
        for (var i = 0; i < init.Count; i++)
        {
            var terminated = init[i].ObjectAt("state", "terminated");
            if ((terminated is not null && terminated.LongAt("exitCode") is null or 0) || IsRunningSidecar(init[i], sidecars))
                continue;
            if (terminated is not null)
                return "Init:" + Ended(terminated);
            return init[i].StringAt("state", "waiting", "reason") is { Length: > 0 } waiting && waiting != "PodInitializing"
                ? "Init:" + waiting
                : Cells.Invariant($"Init:{i}/{total}");
        }

        return null;
    }

    private static string ContainerStatus(JsonObject pod, List<JsonObject> containers, bool anyRunning, string status)
    {
        string? failure = null;
        foreach (var container in Enumerable.Reverse(containers))
        {
            if (container.StringAt("state", "waiting", "reason") is { Length: > 0 } waiting)
            {
                status = waiting;
            }
            else if (container.ObjectAt("state", "terminated") is { } terminated)
            {
                status = Ended(terminated);
                failure = terminated.LongAt("exitCode") is null or 0 ? failure : status;
            }
        }

        if (status != "Completed")
            return status;
        if (anyRunning)
            return HasCondition(pod, "Ready") ? "Running" : failure ?? "NotReady";
        return failure ?? status;
    }

    private static string Restarts(List<JsonObject> containers, DateTimeOffset now)
    {
        var count = containers.Sum(static container => container.LongAt("restartCount") ?? 0);
        var last = containers.Select(static container => container.StringAt("lastState", "terminated", "finishedAt")).Where(static time => time is not null).Max(StringComparer.Ordinal);
        return count == 0 || last is null ? Cells.Invariant($"{count}") : Cells.Invariant($"{count} ({HumanDuration.Since(last, now)} ago)");
    }

    private static string Ended(JsonObject terminated)
    {
        if (terminated.StringAt("reason") is { Length: > 0 } reason)
            return reason;
        return terminated.LongAt("signal") is > 0 and var signal ? Cells.Invariant($"Signal:{signal}") : Cells.Invariant($"ExitCode:{terminated.LongAt("exitCode") ?? 0}");
    }

    private static bool IsRunningSidecar(JsonObject container, HashSet<string?> sidecars) => sidecars.Contains(container.StringAt("name")) && container.BoolAt("started") == true;

    private static bool HasCondition(JsonObject pod, string type) =>
        pod.Objects("status", "conditions").Any(condition => condition.StringAt("type") == type && condition.StringAt("status") == "True");

    private static string ReadinessGates(JsonObject pod)
    {
        var gates = pod.Objects("spec", "readinessGates").ToList();
        return gates.Count == 0 ? Cells.None : Cells.Invariant($"{gates.Count(gate => HasCondition(pod, gate.StringAt("conditionType") ?? ""))}/{gates.Count}");
    }
}
