using System.Diagnostics.Metrics;

namespace OperatorKit.Metrics;

/// <summary>The numbers of one metric for one combination of label values. Adding to it takes no lock and allocates nothing.</summary>
internal sealed class MetricSeries
{
    private readonly double[] _bounds;
    private readonly long[] _buckets;
    private readonly Histogram<double>? _mirror;
    private double _value;
    private long _count;
    private volatile Func<double>? _source;

    public MetricSeries(MetricFamily family, string[] labelValues, double[]? bounds, Histogram<double>? mirror)
    {
        LabelValues = labelValues;
        _mirror = mirror;
        _bounds = bounds ?? [];
        _buckets = new long[_bounds.Length];
        Tags = new KeyValuePair<string, object?>[labelValues.Length];
        for (var i = 0; i < labelValues.Length; i++)
        {
            Tags[i] = new(family.Labels[i], labelValues[i]);
        }
    }

    public string[] LabelValues { get; }

    public KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>The count, the gauge's value, or the sum of what a histogram observed.</summary>
    public double Value => _source is { } source ? source() : Volatile.Read(ref _value);

    /// <summary>How many values a histogram observed.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Upper bounds of a histogram's buckets.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Values that a histogram observed up to each bound, lower buckets not included.</summary>
    public long InBucket(int index) => Volatile.Read(ref _buckets[index]);

    public void Add(double amount = 1)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + amount, seen);
            if (before.Equals(seen))
                return;
            seen = before;
        }
    }

    public void Set(double value) => Volatile.Write(ref _value, value);

    /// <summary>Asks a function for the value whenever somebody looks; of several, for the sum.</summary>
    public void ReadFrom(Func<double> source) => _source = _source is { } others ? () => others() + source() : source;

    public void Observe(double value)
    {
        for (var i = 0; i < _bounds.Length; i++)
        {
            if (value > _bounds[i])
                continue;
            Interlocked.Increment(ref _buckets[i]);
            break;
        }

        Interlocked.Increment(ref _count);
        Add(value);
        _mirror?.Record(value, Tags);
    }
}
