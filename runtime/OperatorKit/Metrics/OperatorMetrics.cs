using System.Diagnostics.Metrics;

namespace OperatorKit.Metrics;

/// <summary>
/// What an operator measures, under the names of Go's controller-runtime so that its dashboards work; published through
/// <see cref="Meter"/> (for OpenTelemetry) and as Prometheus text.
/// </summary>
internal sealed class OperatorMetrics : IDisposable
{
    /// <summary>The name to subscribe to.</summary>
    public const string MeterName = "OperatorKit";

    private static readonly double[] ReconcileBounds =
        [.005, .01, .025, .05, .1, .15, .2, .25, .3, .35, .4, .45, .5, .6, .7, .8, .9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60];

    private static readonly double[] QueueBounds = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, .1, 1, 10, 100, 1000];

    private static readonly double[] RequestBounds = [.005, .025, .1, .25, .5, 1, 2, 4, 8, 15, 30, 60];

    private static readonly double[] SizeBounds = [64, 256, 512, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216];

    private readonly Meter _meter = new(MeterName);
    private readonly List<MetricFamily> _families = [];

    public OperatorMetrics()
    {
        ReconcileTotal = Add("controller_runtime_reconcile_total", "Runs of handlers, by result.", MetricKind.Counter, "controller", "result");
        ReconcileErrors = Add("controller_runtime_reconcile_errors_total", "Runs of handlers that failed.", MetricKind.Counter, "controller");
        TerminalErrors = Add("controller_runtime_terminal_reconcile_errors_total", "Runs of handlers that failed for good.", MetricKind.Counter, "controller");
        ReconcilePanics = Add("controller_runtime_reconcile_panics_total", "Runs of handlers that ended with an exception that only a bug raises.", MetricKind.Counter, "controller");
        ReconcileTimeouts = Add("controller_runtime_reconcile_timeouts_total", "Runs of handlers that took too long.", MetricKind.Counter, "controller");
        ReconcileTime = Add("controller_runtime_reconcile_time_seconds", "How long runs of handlers took.", MetricKind.Histogram, ReconcileBounds, "controller");
        MaxConcurrent = Add("controller_runtime_max_concurrent_reconciles", "How many runs of handlers there may be at a time.", MetricKind.Gauge, "controller");
        ActiveWorkers = Add("controller_runtime_active_workers", "How many runs of handlers there are now.", MetricKind.Gauge, "controller");
        QueueDepth = Add("workqueue_depth", "Objects that wait for their handler.", MetricKind.Gauge, "name", "controller", "priority");
        QueueAdds = Add("workqueue_adds_total", "Objects added to the queue.", MetricKind.Counter, "name", "controller");
        QueueRetries = Add("workqueue_retries_total", "Objects added again after a failure.", MetricKind.Counter, "name", "controller");
        QueueDuration = Add("workqueue_queue_duration_seconds", "How long an object waited for its handler.", MetricKind.Histogram, QueueBounds, "name", "controller");
        WorkDuration = Add("workqueue_work_duration_seconds", "How long an object was worked on.", MetricKind.Histogram, QueueBounds, "name", "controller");
        UnfinishedWork = Add("workqueue_unfinished_work_seconds", "How long the runs that are on have taken so far, in sum.", MetricKind.Gauge, "name", "controller");
        LongestRunning = Add("workqueue_longest_running_processor_seconds", "How long the oldest of the runs that are on has taken so far.", MetricKind.Gauge, "name", "controller");
        LeaderStatus = Add("leader_election_master_status", "1 in the replica that leads, 0 in the others.", MetricKind.Gauge, "name");
        LeaderSlowPath = Add("leader_election_slowpath_total", "Renewals that had to read the lease first.", MetricKind.Counter, "name");
        Requests = Add("rest_client_requests_total", "Requests to the API server, by status code, method and host.", MetricKind.Counter, "code", "method", "host");
        RequestDuration = Add("rest_client_request_duration_seconds", "How long answers of the API server took to begin.", MetricKind.Histogram, RequestBounds, "verb", "host");
        RequestSize = Add("rest_client_request_size_bytes", "Size of the bodies sent to the API server.", MetricKind.Histogram, SizeBounds, "verb", "host");
        RequestRetries = Add("rest_client_request_retries_total", "Requests to the API server that were sent again, by the status code that they then got.", MetricKind.Counter, "code", "verb", "host");
        CacheObjects = Add("operatorkit_cache_objects", "Objects in the cache.", MetricKind.Gauge, "kind");
        CacheBytes = Add("operatorkit_cache_json_bytes", "Size of the objects in the cache as JSON, estimated from a sample.", MetricKind.Gauge, "kind");
        WatchRestarts = Add("operatorkit_watch_failures_total", "Lists and watches that ended with an error.", MetricKind.Counter, "kind");
        InvalidObjects = Add("operatorkit_invalid_objects_total", "Objects that do not fit their type and were left out.", MetricKind.Counter, "kind");
        WebhookRequests = Add("controller_runtime_webhook_requests_total", "Reviews answered, by HTTP status.", MetricKind.Counter, "webhook", "code");
        WebhookLatency = Add("controller_runtime_webhook_latency_seconds", "How long answers took.", MetricKind.Histogram, ReconcileBounds, "webhook");
        WebhookInFlight = Add("controller_runtime_webhook_requests_in_flight", "Reviews that are being answered.", MetricKind.Gauge, "webhook");
        WebhookPanics = Add("controller_runtime_webhook_panics_total", "Reviews whose webhook ended with an exception that only a bug raises.", MetricKind.Counter);
        CertificateExpiry = Add("operatorkit_webhook_certificate_expiry_seconds", "When the certificate of the webhooks expires, in Unix time.", MetricKind.Gauge);
        ProcessMetrics.AddTo(this);
    }

    public MetricFamily ReconcileTotal { get; }

    public MetricFamily ReconcileErrors { get; }

    public MetricFamily TerminalErrors { get; }

    public MetricFamily ReconcilePanics { get; }

    public MetricFamily ReconcileTimeouts { get; }

    public MetricFamily ReconcileTime { get; }

    public MetricFamily MaxConcurrent { get; }

    public MetricFamily ActiveWorkers { get; }

    public MetricFamily QueueDepth { get; }

    public MetricFamily QueueAdds { get; }

    public MetricFamily QueueRetries { get; }

    public MetricFamily QueueDuration { get; }

    public MetricFamily WorkDuration { get; }

    public MetricFamily UnfinishedWork { get; }

    public MetricFamily LongestRunning { get; }

    public MetricFamily LeaderStatus { get; }

    public MetricFamily LeaderSlowPath { get; }

    public MetricFamily Requests { get; }

    public MetricFamily RequestDuration { get; }

    public MetricFamily RequestSize { get; }

    public MetricFamily RequestRetries { get; }

    public MetricFamily CacheObjects { get; }

    public MetricFamily CacheBytes { get; }

    public MetricFamily WatchRestarts { get; }

    public MetricFamily InvalidObjects { get; }

    public MetricFamily WebhookRequests { get; }

    public MetricFamily WebhookLatency { get; }

    public MetricFamily WebhookInFlight { get; }

    public MetricFamily WebhookPanics { get; }

    public MetricFamily CertificateExpiry { get; }

    public IReadOnlyList<MetricFamily> Families => _families;

    public void Dispose() => _meter.Dispose();

    /// <summary>Adds a metric under a name that nobody else uses.</summary>
    public MetricFamily Add(string name, string help, MetricKind kind, params string[] labels) => Add(name, help, kind, [], labels);

    private MetricFamily Add(string name, string help, MetricKind kind, double[] bounds, params string[] labels)
    {
        var family = new MetricFamily(name, help, kind, labels, bounds);
        _families.Add(family);
        switch (kind)
        {
            case MetricKind.Counter:
                _meter.CreateObservableCounter(name, () => Measure(family), unit: null, help);
                break;
            case MetricKind.Gauge:
                _meter.CreateObservableGauge(name, () => Measure(family), unit: null, help);
                break;
            default:
                var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds };
                family.Mirror(_meter.CreateHistogram(name, name.EndsWith("_bytes", StringComparison.Ordinal) ? "By" : "s", help, tags: null, advice));
                break;
        }

        return family;
    }

    private static IEnumerable<Measurement<double>> Measure(MetricFamily family)
    {
        foreach (var series in family.Snapshot())
        {
            yield return new Measurement<double>(series.Value, series.Tags);
        }
    }
}
