using System.Diagnostics;
using System.Text;
using OperatorKit.ApiServer;

namespace OperatorKit.Benchmarks.ServerLoad;

/// <summary>What the API server does in a second and what an object costs it, beside another server where a kubeconfig names one.</summary>
internal static class Report
{
    private const int Creates = 20_000;
    private const int Parallel = 16;
    private const int Watchers = 100;
    private const int WatchedCreates = 1_000;

    public static async Task PrintAsync(string? kubeconfig)
    {
        var targets = new List<Target> { await Target.EmbeddedAsync(socket: false), await Target.EmbeddedAsync(socket: true) };
        if (kubeconfig is not null)
            targets.Add(Target.Of(kubeconfig));
        foreach (var target in targets)
            Console.WriteLine(await CreateRateAsync(target));
        foreach (var target in targets)
            Console.WriteLine(await FanOut.MeasureAsync(target, Watchers, WatchedCreates));
        foreach (var target in targets)
            await target.DisposeAsync();
        foreach (var bytes in new[] { 100, 1_000, 10_000 })
            Console.WriteLine(await FootprintAsync(bytes));
    }

    private static async Task<string> CreateRateAsync(Target target)
    {
        await using (var warmUp = await TestNamespace.CreateAsync(target.Client))
            await warmUp.CreateAsync(Creates / 4, Parallel, 100);
        await using var space = await TestNamespace.CreateAsync(target.Client);
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await space.CreateAsync(Creates, Parallel, 100);
        var each = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / Creates;
        return FormattableString.Invariant($"{target.Name,-18} {Creates / Stopwatch.GetElapsedTime(started).TotalSeconds,7:0} creates/s, {Parallel} at a time, {each:0} us of this process's CPU each");
    }

    /// <summary>The heap that an object takes, beside the JSON that a client gets for it. No history, so that each counts once.</summary>
    private static async Task<string> FootprintAsync(int bytes)
    {
        const int count = 50_000;
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false, TimelineLength = 0, HistoryLength = 1 });
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
        var space = await TestNamespace.CreateAsync(client);
        await server.QuiesceAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await space.CreateAsync(count, Parallel, bytes);
        await server.QuiesceAsync();
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        var json = Encoding.UTF8.GetByteCount(await client.GetStringAsync($"{space.ConfigMaps}/map-1"));
        return FormattableString.Invariant($"object of {json,6} bytes of JSON: {each,6:0} bytes of heap, {each / json:0.00} times");
    }
}
