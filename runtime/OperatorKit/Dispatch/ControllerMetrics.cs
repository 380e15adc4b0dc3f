using OperatorKit.Metrics;
using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

/// <summary>What one controller reports about its runs.</summary>
internal sealed class ControllerMetrics
{
    private readonly MetricSeries[] _totals;
    private readonly MetricSeries _errors;
    private readonly MetricSeries _terminal;
    private readonly MetricSeries _panics;
    private readonly MetricSeries _timeouts;
    private readonly MetricSeries _time;

    public ControllerMetrics(OperatorMetrics metrics, string controller, int concurrency)
    {
        // By RunResult; a terminal failure is an error there, as in controller-runtime.
        string[] results = ["success", "requeue_after", "requeue", "error", "error"];
        _totals = Array.ConvertAll(results, result => metrics.ReconcileTotal.With(controller, result));
        _errors = metrics.ReconcileErrors.With(controller);
        _terminal = metrics.TerminalErrors.With(controller);
        _panics = metrics.ReconcilePanics.With(controller);
        _timeouts = metrics.ReconcileTimeouts.With(controller);
        _time = metrics.ReconcileTime.With(controller);
        metrics.MaxConcurrent.With(controller).Set(concurrency);
    }

    public void Ran(RunResult result, TimeSpan duration)
    {
        _time.Observe(duration.TotalSeconds);
        if (result is RunResult.Error or RunResult.Terminal)
            _errors.Add();
        if (result == RunResult.Terminal)
            _terminal.Add();
        // Last, so that who sees a run counted finds the rest of it.
        _totals[(int)result].Add();
    }

    public void Failed(Exception exception)
    {
        if (Panic.Is(exception))
            _panics.Add();
    }

    public void TimedOut() => _timeouts.Add();
}
