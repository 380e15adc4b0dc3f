using System.Net;
using OperatorKit.Client;
using OperatorKit.Metrics;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Metrics;

public sealed class MetricValueTests
{
    private static OperatorOptions Served => new() { HttpPort = 0, StopGrace = TimeSpan.Zero };

    public static TheoryData<string, string, string> Failures => new()
    {
        { "panic", "controller_runtime_reconcile_panics_total", "error" },
        { "terminal", "controller_runtime_terminal_reconcile_errors_total", "error" },
        { "other", "controller_runtime_reconcile_errors_total", "error" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_kind_of_failure_is_counted(string failure, string metric, string result)
    {
        await using var cluster = await Cluster.StartAsync();
        Exception exception = failure switch { "panic" => new InvalidCastException(), "terminal" => new TerminalException("no"), _ => new IOException("disk") };
        var handler = new ScriptedHandler { OnReconcile = (_, _, _) => throw exception };
        var host = await cluster.RunAsync(handler, configure: options => options.BackOffInitial = TimeSpan.FromMinutes(1), options: Served);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app", "False");

        await UntilAsync(host, metrics => metrics[$$"""controller_runtime_reconcile_total{controller="simpleapp",result="{{result}}"}"""].Equals(1d)
            && metrics[$$"""{{metric}}{controller="simpleapp"}"""].Equals(1d)
            && metrics["""controller_runtime_reconcile_errors_total{controller="simpleapp"}"""].Equals(1d)
            && metrics["""controller_runtime_reconcile_panics_total{controller="simpleapp"}"""].Equals(failure == "panic" ? 1d : 0d)
            && metrics["""workqueue_retries_total{name="simpleapp",controller="simpleapp"}"""].Equals(failure == "terminal" ? 0d : 1d));
    }

    [Fact]
    public async Task A_panic_of_a_field_handler_is_counted()
    {
        await using var cluster = await Cluster.StartAsync();
        var hook = Hook.OnChange<SimpleApp>("Breaks", static (_, _) => true, static (_, _, _) => throw new InvalidCastException());
        var host = await cluster.RunAsync(new ScriptedHandler(), configure: static options => options.BackOffInitial = TimeSpan.FromMinutes(1), options: Served, hooks: hook);

        await cluster.CreateAsync("app");

        await UntilAsync(host, """controller_runtime_reconcile_panics_total{controller="simpleapp"}""", 1);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_counted_as_a_timeout()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var handler = new ScriptedHandler { OnReconcile = async (_, _, token) => { await Task.Delay(Timeout.Infinite, token); return null; } };
        var host = await cluster.RunAsync(handler, options: Served);
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => !handler.Calls.IsEmpty);

        time.Advance(TimeSpan.FromMinutes(5));

        await UntilAsync(host, """controller_runtime_reconcile_timeouts_total{controller="simpleapp"}""", 1);
    }

    [Fact]
    public async Task Work_under_way_shows_how_long_it_has_taken()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var handler = new ScriptedHandler { OnReconcile = async (_, _, token) => { await Task.Delay(Timeout.Infinite, token); return null; } };
        var host = await cluster.RunAsync(handler, configure: options => options.Concurrency = 2, options: Served);
        await cluster.CreateAsync("one");
        await Cluster.UntilAsync(() => handler.Calls.Count == 1);
        time.Advance(TimeSpan.FromSeconds(40));
        await cluster.CreateAsync("two");
        await cluster.CreateAsync("three");
        await Cluster.UntilAsync(() => handler.Calls.Count == 2);
        time.Advance(TimeSpan.FromSeconds(20));

        var metrics = await UntilAsync(host, """workqueue_depth{name="simpleapp",controller="simpleapp",priority="0"}""", 1);
        metrics["""workqueue_unfinished_work_seconds{name="simpleapp",controller="simpleapp"}"""].ShouldBe(80);
        metrics["""workqueue_longest_running_processor_seconds{name="simpleapp",controller="simpleapp"}"""].ShouldBe(60);
        metrics["""controller_runtime_active_workers{controller="simpleapp"}"""].ShouldBe(2);
        metrics["""controller_runtime_max_concurrent_reconciles{controller="simpleapp"}"""].ShouldBe(2);
    }

    [Fact]
    public async Task Requests_are_counted_by_code_method_and_host()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(new ScriptedHandler(), options: Served);
        var authority = cluster.Connection.Server.Authority;
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        // The child and the status; the child is new, which an apply answers with 201.
        await UntilAsync(host, $$"""rest_client_request_duration_seconds_count{verb="PATCH",host="{{authority}}"}""", 2);
        // One scrape reads the metrics one after another: those read before the second request lack it.
        var metrics = await Scrape.OfAsync(host);
        metrics[$$"""rest_client_requests_total{code="200",method="PATCH",host="{{authority}}"}"""].ShouldBe(1);
        metrics[$$"""rest_client_requests_total{code="201",method="PATCH",host="{{authority}}"}"""].ShouldBe(1);
        metrics[$$"""rest_client_request_size_bytes_sum{verb="PATCH",host="{{authority}}"}"""].ShouldBeGreaterThan(200);

        cluster.Requests.Intercept = _ => throw new HttpRequestException("Connection refused");
        await Should.ThrowAsync<KubernetesException>(() => cluster.OperatorClient.Resource<V1Pod>(Cluster.Namespace).FindAsync("any"));

        metrics = await Scrape.OfAsync(host);
        metrics[$$"""rest_client_requests_total{code="<error>",method="GET",host="{{authority}}"}"""].ShouldBe(1);
    }

    [Fact]
    public async Task Requests_that_are_sent_again_are_counted_as_retries_by_what_they_got_then()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        using var client = new KubernetesClient(
            cluster.Connection, new KubernetesClientOptions { Handler = cluster.Requests, RequestTimeout = TimeSpan.FromDays(45), TimeProvider = time });
        using var metrics = new OperatorMetrics();
        using var observation = client.Observe(new RequestMetrics(metrics, cluster.Connection.Server).Sent);
        var refusals = 2;
        cluster.Requests.Intercept = _ => refusals-- > 0 ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("") } : null;

        var find = client.Resource<V1Pod>(Cluster.Namespace).FindAsync("any");
        await time.AdvanceUntilAsync(() => find.IsCompleted, TimeSpan.FromSeconds(1));

        (await find).ShouldBeNull();
        metrics.RequestRetries.Snapshot().Select(static series => (series.LabelValues[0], series.LabelValues[1], series.Value)).ShouldBe([("429", "GET", 1), ("404", "GET", 1)]);
    }

    private static Task<Scrape> UntilAsync(OperatorHost host, string sample, double value) => UntilAsync(host, metrics => metrics[sample].Equals(value));

    private static async Task<Scrape> UntilAsync(OperatorHost host, Func<Scrape, bool> holds)
    {
        Scrape? last = null;
        await Cluster.UntilAsync(async () => holds(last = await Scrape.OfAsync(host)));
        return last!;
    }
}
