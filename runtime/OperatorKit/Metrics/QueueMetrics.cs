using OperatorKit.Queueing;

namespace OperatorKit.Metrics;

/// <summary>What the queue of one controller reports.</summary>
internal sealed class QueueMetrics(OperatorMetrics metrics, string controller)
{
    // The values of the label are controller-runtime's priorities.
    private readonly MetricSeries _changes = metrics.QueueDepth.With(controller, controller, "0");
    private readonly MetricSeries _background = metrics.QueueDepth.With(controller, controller, "-100");
    private readonly MetricSeries _adds = metrics.QueueAdds.With(controller, controller);
    private readonly MetricSeries _retries = metrics.QueueRetries.With(controller, controller);
    private readonly MetricSeries _workDuration = metrics.WorkDuration.With(controller, controller);
    private readonly MetricSeries _queueDuration = metrics.QueueDuration.With(controller, controller);
    private readonly MetricSeries _unfinished = metrics.UnfinishedWork.With(controller, controller);
    private readonly MetricSeries _longest = metrics.LongestRunning.With(controller, controller);
    private readonly MetricSeries _active = metrics.ActiveWorkers.With(controller);

    /// <summary>Shows a queue, until another one is shown.</summary>
    /// <param name="state">The queue as it is when somebody looks.</param>
    public void Show(Func<QueueState> state)
    {
        _changes.ReadFrom(() => state().Changes);
        _background.ReadFrom(() => state().Background);
        _unfinished.ReadFrom(() => state().Unfinished.TotalSeconds);
        _longest.ReadFrom(() => state().Longest.TotalSeconds);
    }

    public void Added() => _adds.Add();

    public void Taken(TimeSpan waited)
    {
        _queueDuration.Observe(waited.TotalSeconds);
        _active.Add();
    }

    public void Retried() => _retries.Add();

    public void Worked(TimeSpan duration)
    {
        _active.Add(-1);
        _workDuration.Observe(duration.TotalSeconds);
    }
}
