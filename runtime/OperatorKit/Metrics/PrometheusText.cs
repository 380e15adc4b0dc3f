using System.Globalization;
using System.Text;

namespace OperatorKit.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var kind = family.Kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" };
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(family.Help).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(kind).Append('\n');
            foreach (var series in family.Snapshot())
            {
                if (family.Kind == MetricKind.Histogram)
                    WriteHistogram(text, family, series);
                else
                    WriteSample(text, family, series, "", series.Value);
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        // The total is read first and raised to what the buckets hold, so that a run in between never makes them disagree.
        var count = series.Count;
        long cumulative = 0;
        for (var i = 0; i < series.Bounds.Count; i++)
        {
            cumulative += series.InBucket(i);
            WriteSample(text, family, series, "_bucket", cumulative, series.Bounds[i].ToString(CultureInfo.InvariantCulture));
        }

        count = Math.Max(count, cumulative);
        WriteSample(text, family, series, "_bucket", count, "+Inf");
        WriteSample(text, family, series, "_sum", series.Value);
        WriteSample(text, family, series, "_count", count);
    }

    private static void WriteSample(StringBuilder text, MetricFamily family, MetricSeries series, string suffix, double value, string? bound = null)
    {
        text.Append(family.Name).Append(suffix);
        var open = '{';
        for (var i = 0; i < series.LabelValues.Length; i++)
        {
            text.Append(open).Append(family.Labels[i]).Append("=\"").Append(Escape(series.LabelValues[i])).Append('"');
            open = ',';
        }

        if (bound is not null)
        {
            text.Append(open).Append("le=\"").Append(bound).Append('"');
            open = ',';
        }

        if (open == ',')
            text.Append('}');
        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
