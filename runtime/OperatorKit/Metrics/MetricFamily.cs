using System.Diagnostics.Metrics;

namespace OperatorKit.Metrics;

/// <summary>What a metric measures; decides how Prometheus text shows it.</summary>
internal enum MetricKind : byte
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One metric with a series for each combination of label values.</summary>
internal sealed class MetricFamily(string name, string help, MetricKind kind, string[] labels, double[]? bounds = null)
{
    private readonly Lock _lock = new();
    private readonly List<MetricSeries> _series = [];

    private Histogram<double>? _mirror;

    public string Name => name;

    public string Help => help;

    public MetricKind Kind => kind;

    public IReadOnlyList<string> Labels => labels;

    /// <summary>Hands on what series made from now on observe.</summary>
    public void Mirror(Histogram<double> histogram) => _mirror = histogram;

    /// <summary>The series of these label values; made when it is asked for first.</summary>
    public MetricSeries With(params ReadOnlySpan<string> values)
    {
        lock (_lock)
        {
            foreach (var series in _series)
            {
                if (values.SequenceEqual(series.LabelValues))
                    return series;
            }

            var added = new MetricSeries(this, values.ToArray(), bounds, _mirror);
            _series.Add(added);
            return added;
        }
    }

    public MetricSeries[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _series];
        }
    }
}
