using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Telemetry;

/// <summary>
/// What docs/operator.md tells users of OpenTelemetry to write, with OpenTelemetry itself. By itself: a provider listens to the whole process, and where operators
/// of other tests have instruments of the same name, the end of one of them ends the stream of all.
/// </summary>
[Collection<ListensToTheProcess>]
public sealed class OpenTelemetryTests
{
    [Fact]
    public async Task Metrics_reach_OpenTelemetry_with_names_labels_and_buckets()
    {
        var exported = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("OperatorKit").AddInMemoryExporter(exported).Build();
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(new ScriptedHandler(), configure: options => options.Name = "observed");
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        do
            Export();
        while (Point("controller_runtime_reconcile_total", ("controller", "observed"), ("result", "success")).GetSumDouble() < 1);

        // One export reads the instruments one after another: those read before the run's end lack its last request.
        Export();
        Point("workqueue_depth", ("name", "observed"), ("controller", "observed"), ("priority", "0")).GetGaugeLastValueDouble().ShouldBeInRange(0, 1);
        var requests = Point("rest_client_request_duration_seconds", ("verb", "PATCH"), ("host", cluster.Connection.Server.Authority));
        requests.GetHistogramCount().ShouldBeGreaterThanOrEqualTo(2);
        var bounds = new List<double>();
        foreach (var bucket in Point("controller_runtime_reconcile_time_seconds", ("controller", "observed")).GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
        }

        bounds.Count.ShouldBe(41);
        bounds[0].ShouldBe(0.005);

        void Export()
        {
            exported.Clear();
            provider.ForceFlush();
        }

        MetricPoint Point(string name, params (string Key, string Value)[] labels)
        {
            // Operators of other tests in this process have meters of the same name.
            foreach (var metric in exported.Where(metric => metric.Name == name))
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var tags = new Dictionary<string, object?>();
                    foreach (var tag in point.Tags)
                    {
                        tags[tag.Key] = tag.Value;
                    }

                    if (tags.Count == labels.Length && labels.All(label => tags.GetValueOrDefault(label.Key) is string value && value == label.Value))
                        return point;
                }
            }

            throw new ShouldAssertException($"{name} has no point with {string.Join(", ", labels)}.");
        }
    }

    [Fact]
    public async Task A_run_is_a_span_with_a_child_for_each_request_and_a_failed_one_is_an_error()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource("OperatorKit*").AddProcessor(new Ended(ended)).Build();
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(new ScriptedHandler(), configure: options => options.Name = "traced");
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await Cluster.UntilAsync(() => ended.Any(IsRun));
        var run = ended.First(IsRun);

        Tags(run).ShouldBe(
            [
                ("k8s.controller", "traced"), ("k8s.object.kind", "SimpleApp"), ("k8s.namespace.name", Cluster.Namespace), ("k8s.object.name", "app"),
                ("operatorkit.cause", "Create"), ("operatorkit.reconcile_id", run.GetTagItem("operatorkit.reconcile_id")?.ToString()), ("operatorkit.result", "Success"),
            ]);
        run.GetTagItem("operatorkit.reconcile_id").ShouldBeOfType<string>().ShouldEndWith("-1");
        var requests = ended.Where(span => span.ParentSpanId == run.SpanId).ToList();
        requests.Select(span => span.DisplayName).ShouldBe(["patch replicasets.apps", "patch simpleapps.example.com/status"], ignoreOrder: true);
        var applied = requests.First(span => span.DisplayName == "patch replicasets.apps");
        applied.Kind.ShouldBe(ActivityKind.Client);
        applied.GetTagItem("k8s.object.name").ShouldBe("app-replicaset");
        applied.GetTagItem("http.request.method").ShouldBe("PATCH");
        applied.GetTagItem("http.response.status_code").ShouldBe(201);

        await Should.ThrowAsync<Client.NotFoundException>(() => cluster.OperatorClient.Resource<V1Pod>(Cluster.Namespace).GetAsync("none"));

        var failed = ended.First(span => span.DisplayName == "get pods" && span.GetTagItem("k8s.object.name") is "none");
        failed.Status.ShouldBe(ActivityStatusCode.Error);
        failed.GetTagItem("error.type").ShouldBe("404");

        static bool IsRun(Activity span) => span.DisplayName == "reconcile" && span.GetTagItem("k8s.controller") is "traced";

        static List<(string, string?)> Tags(Activity span) => [.. span.TagObjects.Select(tag => (tag.Key, tag.Value?.ToString()))];
    }

    /// <summary>Keeps spans in the order in which they ended, from whichever threads.</summary>
    private sealed class Ended(ConcurrentQueue<Activity> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
