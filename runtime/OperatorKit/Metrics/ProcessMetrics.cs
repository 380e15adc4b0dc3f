using System.Globalization;

namespace OperatorKit.Metrics;

/// <summary>What the process uses, under the names that Prometheus' client libraries give it; read when somebody looks.</summary>
internal static class ProcessMetrics
{
    public static void AddTo(OperatorMetrics metrics)
    {
        Read(MetricKind.Counter, "process_cpu_seconds_total", "Processor time of user and system.", static () => Environment.CpuUsage.TotalTime.TotalSeconds);
        Read(MetricKind.Gauge, "process_resident_memory_bytes", "Memory of the process that is not swapped out.", static () => Environment.WorkingSet);
        Read(MetricKind.Gauge, "process_start_time_seconds", "When the process started, in seconds since 1970.", static () => StartTime());
        if (OperatingSystem.IsLinux())
        {
            Read(MetricKind.Gauge, "process_open_fds", "Files and sockets that are open.", static () => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
            Read(MetricKind.Gauge, "process_max_fds", "Files and sockets that may be open.", static () => MaxOpenFiles());
        }

        Read(MetricKind.Gauge, "dotnet_total_memory_bytes", "Memory of the managed heap that is in use.", static () => GC.GetTotalMemory(forceFullCollection: false));
        var collections = metrics.Add("dotnet_collection_count_total", "Garbage collections, by generation.", MetricKind.Counter, "generation");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            var counted = generation;
            collections.With(generation.ToString(CultureInfo.InvariantCulture)).ReadFrom(() => GC.CollectionCount(counted));
        }

        void Read(MetricKind kind, string name, string help, Func<double> source) => metrics.Add(name, help, kind).With().ReadFrom(source);
    }

    private static double StartTime()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    private static double MaxOpenFiles()
    {
        const string Name = "Max open files";
        foreach (var line in File.ReadLines("/proc/self/limits"))
        {
            if (line.StartsWith(Name, StringComparison.Ordinal)
                && double.TryParse(line.AsSpan(Name.Length).TrimStart().ToString().Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
                return limit;
        }

        return double.PositiveInfinity;
    }
}
