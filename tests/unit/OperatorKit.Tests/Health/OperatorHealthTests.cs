using OperatorKit.Client;
using OperatorKit.Health;
using OperatorKit.Tests.Samples;
using OperatorKit.Watching;

namespace OperatorKit.Tests.Health;

public sealed class OperatorHealthTests
{
    [Fact]
    public void An_operator_is_ready_when_every_kind_is_listed()
    {
        var (apps, others) = (new WatchOf(), new WatchOf());
        var health = new OperatorHealth(() => [apps, others]);
        apps.List.SetResult();
        others.LastError = new KubernetesException("no answer");

        health.NotReady().ShouldBe(["simpleapps.example.com is not listed yet: no answer"]);
        others.List.SetResult();
        health.NotReady().ShouldBeEmpty();
        health.Stopping();
        health.NotReady().ShouldBe(["the operator is stopping"]);
    }

    [Fact]
    public void An_operator_whose_watch_hangs_is_not_alive_and_one_whose_server_does_not_answer_is()
    {
        var watch = new WatchOf { LastError = new KubernetesException("no answer"), SinceLastStep = TimeSpan.FromMinutes(5) };
        var health = new OperatorHealth(() => [watch]);

        health.NotAlive().ShouldBeEmpty();
        watch.SinceLastStep = TimeSpan.FromMinutes(7);
        health.NotAlive().ShouldBe(["the watch of simpleapps.example.com has not moved for 0:07:00"]);
    }

    [Fact]
    public async Task A_stopping_operator_is_alive_but_not_ready()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var handler = new ScriptedHandler { OnReconcile = async (_, _, _) => { entered.SetResult(); await release.Task; return null; } };
        var host = await cluster.RunAsync(handler, options: new OperatorOptions { HttpPort = 0 });
        await cluster.CreateAsync("app");
        await entered.Task;
        using var http = new HttpClient { BaseAddress = host.HttpAddress };

        var stopping = host.StopAsync();

        using var ready = await http.GetAsync("/readyz", TestContext.Current.CancellationToken);
        ((int)ready.StatusCode).ShouldBe(500);
        (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("the operator is stopping\n");
        (await http.GetStringAsync("/healthz", TestContext.Current.CancellationToken)).ShouldBe("ok");
        release.SetResult();
        await stopping;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Even_with_a_handler_that_ignores_everything_the_stop_takes_less_than_the_grace_period_of_the_pod(bool leaderElection)
    {
        // A lease that a clock which runs ahead of the requests does not lose.
        var options = new OperatorOptions { LeaderElection = leaderElection, Lease = { Duration = TimeSpan.FromHours(2), RenewDeadline = TimeSpan.FromHours(1) } };
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var entered = new TaskCompletionSource();
        var handler = new ScriptedHandler { OnReconcile = async (_, _, _) => { entered.SetResult(); await new TaskCompletionSource().Task; return null; } };
        var host = await cluster.RunAsync(handler, options: options);
        await host.Working;
        await cluster.CreateAsync("app");
        await entered.Task;
        var asked = time.GetTimestamp();

        var stopping = host.StopAsync();
        // The grace period of the runs, and the time that a handler has to end after its token is cancelled; nothing else waits for the clock.
        await PassAsync(options.StopGrace);
        await PassAsync(TimeSpan.FromSeconds(5));
        await Cluster.UntilAsync(() => stopping.IsCompleted);

        time.GetElapsedTime(asked).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(PodGrace() - 1));

        async Task PassAsync(TimeSpan wait)
        {
            var due = time.GetUtcNow() + wait;
            await Cluster.UntilAsync(() => time.IsAwaited(due));
            time.Advance(wait);
        }
    }

    /// <summary>What the generated Deployment gives a pod.</summary>
    private static int PodGrace([System.Runtime.CompilerServices.CallerFilePath] string file = "")
    {
        var manifest = Path.Combine(file, "..", "..", "..", "OperatorKit.Generators.Tests", "Golden", "SimpleApp", "deployment.yaml");
        var line = File.ReadLines(Path.GetFullPath(manifest)).Single(static line => line.Contains("terminationGracePeriodSeconds", StringComparison.Ordinal));
        return int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class WatchOf : IInformerStatus
    {
        public TaskCompletionSource List { get; } = new();

        public ResourceDefinition Definition => SimpleApp.Definition;

        public string? Namespace => null;

        public Task Synced => List.Task;

        public Task Refused => Task.CompletedTask;

        public KubernetesException? LastError { get; set; }

        public TimeSpan SinceLastStep { get; set; }

        public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
