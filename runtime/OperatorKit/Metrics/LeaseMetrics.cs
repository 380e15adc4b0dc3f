namespace OperatorKit.Metrics;

/// <summary>What an election reports about one lease.</summary>
internal sealed class LeaseMetrics(OperatorMetrics metrics, string lease)
{
    private readonly MetricSeries _status = metrics.LeaderStatus.With(lease);
    private readonly MetricSeries _slowPath = metrics.LeaderSlowPath.With(lease);

    public void Leads(bool leads) => _status.Set(leads ? 1 : 0);

    public void TookSlowPath() => _slowPath.Add();
}
