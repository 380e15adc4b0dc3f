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

    private readonly Meter _meter = new(MeterName);
    private readonly List<MetricFamily> _families = [];

    public OperatorMetrics()
    {
        ReconcileTotal = Add("controller_runtime_reconcile_total", "Runs of handlers, by result.", MetricKind.Counter, "controller", "result");
        ReconcileErrors = Add("controller_runtime_reconcile_errors_total", "Runs of handlers that failed.", MetricKind.Counter, "controller");
        TerminalErrors = Add("controller_runtime_terminal_reconcile_errors_total", "Runs of handlers that failed for good.", MetricKind.Counter, "controller");
        ReconcileTimeouts = Add("controller_runtime_reconcile_timeouts_total", "Runs of handlers that took too long.", MetricKind.Counter, "controller");
        ReconcileTime = Add("controller_runtime_reconcile_time_seconds", "How long runs of handlers took.", MetricKind.Histogram, ReconcileBounds, "controller");
        MaxConcurrent = Add("controller_runtime_max_concurrent_reconciles", "How many runs of handlers there may be at a time.", MetricKind.Gauge, "controller");
        ActiveWorkers = Add("controller_runtime_active_workers", "How many runs of handlers there are now.", MetricKind.Gauge, "controller");
        QueueDepth = Add("workqueue_depth", "Objects that wait for their handler.", MetricKind.Gauge, "name", "controller");
        QueueAdds = Add("workqueue_adds_total", "Objects added to the queue.", MetricKind.Counter, "name", "controller");
        QueueRetries = Add("workqueue_retries_total", "Objects added again after a failure.", MetricKind.Counter, "name", "controller");
        QueueDuration = Add("workqueue_queue_duration_seconds", "How long an object waited for its handler.", MetricKind.Histogram, QueueBounds, "name", "controller");
        WorkDuration = Add("workqueue_work_duration_seconds", "How long an object was worked on.", MetricKind.Histogram, QueueBounds, "name", "controller");
        LeaderStatus = Add("leader_election_master_status", "1 in the replica that leads, 0 in the others.", MetricKind.Gauge, "name");
        CacheObjects = Add("operatorkit_cache_objects", "Objects in the cache.", MetricKind.Gauge, "kind");
        WatchRestarts = Add("operatorkit_watch_failures_total", "Lists and watches that ended with an error.", MetricKind.Counter, "kind");
        InvalidObjects = Add("operatorkit_invalid_objects_total", "Objects that do not fit their type and were left out.", MetricKind.Counter, "kind");
    }

    public MetricFamily ReconcileTotal { get; }

    public MetricFamily ReconcileErrors { get; }

    public MetricFamily TerminalErrors { get; }

    public MetricFamily ReconcileTimeouts { get; }

    public MetricFamily ReconcileTime { get; }

    public MetricFamily MaxConcurrent { get; }

    public MetricFamily ActiveWorkers { get; }

    public MetricFamily QueueDepth { get; }

    public MetricFamily QueueAdds { get; }

    public MetricFamily QueueRetries { get; }

    public MetricFamily QueueDuration { get; }

    public MetricFamily WorkDuration { get; }

    public MetricFamily LeaderStatus { get; }

    public MetricFamily CacheObjects { get; }

    public MetricFamily WatchRestarts { get; }

    public MetricFamily InvalidObjects { get; }

    public IReadOnlyList<MetricFamily> Families => _families;

    public void Dispose() => _meter.Dispose();

    private MetricFamily Add(string name, string help, MetricKind kind, params string[] labels) => Add(name, help, kind, [], labels);

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
                family.Mirror(_meter.CreateHistogram<double>(name, "s", help));
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
