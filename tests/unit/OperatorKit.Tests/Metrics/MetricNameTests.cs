using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Metrics;

/// <summary>Names, labels and buckets that dashboards made for Go's controller-runtime ask for, looked for in an operator that has worked.</summary>
public sealed class MetricNameTests
{
    private const string ReconcileBounds =
        "0.005 0.01 0.025 0.05 0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.45 0.5 0.6 0.7 0.8 0.9 1 1.25 1.5 1.75 2 2.5 3 3.5 4 4.5 5 6 7 8 9 10 15 20 25 30 40 50 60 +Inf";

    private const string QueueBounds = "1E-08 1E-07 1E-06 1E-05 0.0001 0.001 0.01 0.1 1 10 100 1000 +Inf";

    private static readonly (string Name, string Type, string Labels)[] Expected =
    [
        ("controller_runtime_reconcile_total", "counter", "controller,result"),
        ("controller_runtime_reconcile_errors_total", "counter", "controller"),
        ("controller_runtime_terminal_reconcile_errors_total", "counter", "controller"),
        ("controller_runtime_reconcile_panics_total", "counter", "controller"),
        ("controller_runtime_reconcile_timeouts_total", "counter", "controller"),
        ("controller_runtime_reconcile_time_seconds", "histogram", "controller"),
        ("controller_runtime_max_concurrent_reconciles", "gauge", "controller"),
        ("controller_runtime_active_workers", "gauge", "controller"),
        ("workqueue_depth", "gauge", "name,controller,priority"),
        ("workqueue_adds_total", "counter", "name,controller"),
        ("workqueue_queue_duration_seconds", "histogram", "name,controller"),
        ("workqueue_work_duration_seconds", "histogram", "name,controller"),
        ("workqueue_unfinished_work_seconds", "gauge", "name,controller"),
        ("workqueue_longest_running_processor_seconds", "gauge", "name,controller"),
        ("workqueue_retries_total", "counter", "name,controller"),
        ("rest_client_requests_total", "counter", "code,method,host"),
        ("rest_client_request_duration_seconds", "histogram", "verb,host"),
        ("rest_client_request_size_bytes", "histogram", "verb,host"),
        ("leader_election_master_status", "gauge", "name"),
        ("leader_election_slowpath_total", "counter", "name"),
        ("operatorkit_cache_objects", "gauge", "kind"),
        ("operatorkit_cache_json_bytes", "gauge", "kind"),
        ("operatorkit_watch_failures_total", "counter", "kind"),
        ("operatorkit_invalid_objects_total", "counter", "kind"),
        ("process_cpu_seconds_total", "counter", ""),
        ("process_resident_memory_bytes", "gauge", ""),
        ("process_start_time_seconds", "gauge", ""),
        ("dotnet_total_memory_bytes", "gauge", ""),
        ("dotnet_collection_count_total", "counter", "generation"),
    ];

    [Fact]
    public async Task A_working_operator_shows_every_metric_with_its_labels_and_buckets()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(new ScriptedHandler(), options: new OperatorOptions { HttpPort = 0, LeaderElection = true });
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        var metrics = await Scrape.OfAsync(host);

        Expected.Select(metric => (metric.Name, metrics.TypeOf(metric.Name), metrics.LabelsOf(metric.Name))).ShouldBe(Expected);
        metrics.BoundsOf("controller_runtime_reconcile_time_seconds").ShouldBe(ReconcileBounds);
        metrics.BoundsOf("workqueue_queue_duration_seconds").ShouldBe(QueueBounds);
        metrics.BoundsOf("workqueue_work_duration_seconds").ShouldBe(QueueBounds);
        metrics.BoundsOf("rest_client_request_duration_seconds").ShouldBe("0.005 0.025 0.1 0.25 0.5 1 2 4 8 15 30 60 +Inf");
    }

    [Fact]
    public async Task Counters_start_at_zero_so_that_the_first_failure_is_a_rate()
    {
        await using var cluster = await Cluster.StartAsync();
        var metrics = await Scrape.OfAsync(await cluster.RunAsync(new ScriptedHandler(), options: new OperatorOptions { HttpPort = 0 }));

        foreach (var result in new[] { "success", "requeue_after", "requeue", "error" })
        {
            metrics[$$"""controller_runtime_reconcile_total{controller="simpleapp",result="{{result}}"}"""].ShouldBe(0);
        }

        metrics["""controller_runtime_reconcile_panics_total{controller="simpleapp"}"""].ShouldBe(0);
        metrics["""workqueue_depth{name="simpleapp",controller="simpleapp",priority="-100"}"""].ShouldBe(0);
        metrics["""operatorkit_watch_failures_total{kind="replicasets.apps"}"""].ShouldBe(0);
    }
}
