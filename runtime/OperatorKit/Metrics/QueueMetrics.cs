namespace OperatorKit.Metrics;

/// <summary>What the queue of one controller reports.</summary>
internal sealed class QueueMetrics(OperatorMetrics metrics, string controller)
{
    private readonly MetricSeries _depth = metrics.QueueDepth.With(controller, controller);
    private readonly MetricSeries _adds = metrics.QueueAdds.With(controller, controller);
    private readonly MetricSeries _retries = metrics.QueueRetries.With(controller, controller);
    private readonly MetricSeries _workDuration = metrics.WorkDuration.With(controller, controller);
    private readonly MetricSeries _queueDuration = metrics.QueueDuration.With(controller, controller);
    private readonly MetricSeries _active = metrics.ActiveWorkers.With(controller);

    public void Added(int ready)
    {
        _adds.Add();
        _depth.Set(ready);
    }

    public void Taken(int ready, TimeSpan waited)
    {
        _queueDuration.Observe(waited.TotalSeconds);
        _active.Add();
        _depth.Set(ready);
    }

    public void Retried() => _retries.Add();

    public void Worked(int ready, TimeSpan duration)
    {
        _active.Add(-1);
        _depth.Set(ready);
        _workDuration.Observe(duration.TotalSeconds);
    }
}
