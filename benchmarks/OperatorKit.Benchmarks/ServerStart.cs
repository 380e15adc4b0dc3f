using System.Diagnostics;
using OperatorKit.ApiServer;

namespace OperatorKit.Benchmarks;

/// <summary>How long the API server takes from process start, or from the call, to listening.</summary>
internal static class ServerStart
{
    private const int Servers = 5;

    public static async Task PrintAsync()
    {
        var process = Process.GetCurrentProcess();
        for (var i = 1; i <= Servers; i++)
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await using var server = await KubernetesApiServer.StartAsync();
            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var cpu = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
            var sinceProcess = i == 1 ? FormattableString.Invariant($", {(DateTime.Now - process.StartTime).TotalMilliseconds:0} ms after the process started") : "";
            Console.WriteLine(FormattableString.Invariant($"server {i}: {took:0.0} ms, {cpu:0.0} ms of CPU{sinceProcess}"));
        }
    }
}
