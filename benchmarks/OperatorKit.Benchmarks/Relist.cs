using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OperatorKit.Client;
using OperatorKit.Hosting;
using OperatorKit.Metrics;
using OperatorKit.Watching;

namespace OperatorKit.Benchmarks;

/// <summary>Memory of a process whose informer lists many objects, and lists them again because the server has forgotten the changes in between.</summary>
internal static class Relist
{
    private const int PageSize = 500;

    public static async Task PrintAsync()
    {
        Console.WriteLine($"{"objects",9} {"list MB",8} {"peak, first list",17} {"peak, next list",16} {"RSS after",10} {"heap after",11}");
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
        {
            await PrintAsync(count);
        }
    }

    private static async Task PrintAsync(int count)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        using var pages = new Pages(count);
        using var client = new KubernetesClient(new ClusterConnection { Server = new Uri("http://pages") }, new KubernetesClientOptions { Handler = pages });
        using var metrics = new OperatorMetrics();
        var services = new OperatorServices(
            new OperatorOptions(), NoServices.Instance, NullLoggerFactory.Instance, TimeProvider.System, Random.Shared, TaskScheduler.Default);
        var cache = new KindCache<Note>(client, new NamespaceSet([]), new CachedForm<Note>(), new StreamedLists(client, isWanted: false), metrics, services, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        ResetPeak();
        cache.Start(stop.Token);
        await cache.Informers.Single().Synced;
        var first = Peak();
        ResetPeak();
        pages.Expire();
        await pages.Relisted;
        var next = Peak();
        await stop.CancelAsync();
        await cache.StoppedAsync();
        var heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        GC.KeepAlive(cache);
        Console.WriteLine(FormattableString.Invariant($"{count,9} {pages.Bytes / 1e6,8:0.0} {first,17:0.0} {next,16:0.0} {Environment.WorkingSet / 1e6,10:0.0} {heap,11:0.0}"));
    }

    private static void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static double Peak()
    {
        if (!OperatingSystem.IsLinux())
            return double.NaN;
        var line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>A server of one kind: pages of a list, and a watch that says nothing until it expires.</summary>
    private sealed class Pages(int count) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _relisted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _lists;
        private int _watches;

        /// <summary>Size of one list.</summary>
        public long Bytes { get; private set; }

        /// <summary>Completes when the second list is in.</summary>
        public Task Relisted => _relisted.Task;

        public void Expire() => _expired.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = request.RequestUri!.Query;
            if (!query.Contains("watch=", StringComparison.Ordinal))
                return Page(query);
            if (++_watches > 1)
            {
                _relisted.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            await _expired.Task.WaitAsync(cancellationToken);
            return Json("""{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}}"""u8.ToArray());
        }

        private HttpResponseMessage Page(string query)
        {
            var at = query.IndexOf("continue=", StringComparison.Ordinal);
            var start = at < 0 ? 0 : int.Parse(query[(at + 9)..].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);
            if (start == 0)
                _lists++;
            var end = Math.Min(start + PageSize, count);
            using var stream = new MemoryStream();
            var next = end < count ? $"\"continue\":\"{end}\"," : "";
            stream.Write(Encoding.UTF8.GetBytes($$"""{"kind":"NoteList","apiVersion":"bench.operatorkit.dev/v1","metadata":{{{next}}"resourceVersion":"{{1_000_000 + _lists}}"},"items":["""));
            for (var i = start; i < end; i++)
            {
                if (i > start)
                    stream.WriteByte((byte)',');
                stream.Write(CacheMemory.Json(i));
            }

            stream.Write("]}"u8);
            if (_lists == 1)
                Bytes += stream.Length;
            return Json(stream.ToArray());
        }

        private static HttpResponseMessage Json(byte[] body) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
    }
}
