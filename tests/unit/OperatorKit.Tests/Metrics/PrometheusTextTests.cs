using OperatorKit.Metrics;

namespace OperatorKit.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Counters_carry_their_labels()
    {
        var family = new MetricFamily("runs_total", "Runs.", MetricKind.Counter, ["who"]);
        family.With("a\"b").Add();
        family.With("a\"b").Add(2);

        PrometheusText.Write([family]).ShouldBe("# HELP runs_total Runs.\n# TYPE runs_total counter\nruns_total{who=\"a\\\"b\"} 3\n");
    }

    [Fact]
    public void Buckets_of_histograms_add_up()
    {
        var family = new MetricFamily("time_seconds", "Time.", MetricKind.Histogram, [], [0.1, 1]);
        var series = family.With();
        series.Observe(0.05);
        series.Observe(0.5);
        series.Observe(5);

        PrometheusText.Write([family]).ShouldBe(
            """
            # HELP time_seconds Time.
            # TYPE time_seconds histogram
            time_seconds_bucket{le="0.1"} 1
            time_seconds_bucket{le="1"} 2
            time_seconds_bucket{le="+Inf"} 3
            time_seconds_sum 5.55
            time_seconds_count 3

            """);
    }
}
