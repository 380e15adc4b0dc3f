using System.Collections.Concurrent;
using OperatorKit.Tests.Metrics;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class TimerTests
{
    private readonly ManualTime _time = new();
    private readonly ScriptedHandler _handler = new();
    private readonly ConcurrentQueue<string> _fired = new();

    [Fact]
    public async Task A_timer_fires_on_its_grid_until_the_object_goes()
    {
        await using var cluster = await Cluster.StartAsync(time: _time);
        var start = _time.GetUtcNow();
        await cluster.RunAsync(_handler, hooks: Hook.Timer<SimpleApp>(
            "Tick", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.Zero, (_, scope, _) =>
            {
                _fired.Enqueue($"{scope.Resource.Metadata.Name} at {(_time.GetUtcNow() - start).TotalSeconds}");
                return Task.FromResult<ResourceStatus?>(null);
            }));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await FireAsync(10, "app at 10");
        await FireAsync(40, "app at 40");
        await FireAsync(70, "app at 70");
        cluster.Requests.Writes.Count.ShouldBe(2);

        await cluster.Apps.DeleteAsync("app");
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");
        await FireAsync(80, "marker at 80");
        _time.Advance(TimeSpan.FromSeconds(25));
        await Cluster.UntilAsync(() => _time.IsAwaited(start + TimeSpan.FromSeconds(110)) || _time.IsAwaited(start + TimeSpan.FromSeconds(135)));

        _fired.Count.ShouldBe(4);

        async Task FireAsync(int seconds, string fired)
        {
            var due = start + TimeSpan.FromSeconds(seconds);
            await Cluster.UntilAsync(() => _time.IsAwaited(due));
            _time.Advance(due - _time.GetUtcNow());
            await Cluster.UntilAsync(() => _fired.Contains(fired));
        }
    }

    [Fact]
    public async Task A_timer_writes_its_status_and_leaves_generation_and_condition_alone()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (scope, _, _) => Task.FromResult<ResourceStatus?>(scope.Resource.Status ?? new SimpleAppStatus());
        await cluster.RunAsync(_handler, hooks: Timer((scope, _) => Task.FromResult<ResourceStatus?>(new SimpleAppStatus { ReadyReplicas = 42 })));

        await cluster.CreateAsync("app");
        var app = await cluster.UntilAsync<SimpleApp>("app", app => app?.Status is { ReadyReplicas: 42, ObservedGeneration: 1 });

        app!.Status!.Conditions.Single().Type.ShouldBe("Ready");
    }

    [Fact]
    public async Task A_timer_never_runs_beside_another_method_for_its_object()
    {
        await using var cluster = await Cluster.StartAsync();
        var (inside, together) = (0, 0);
        async Task<ResourceStatus?> EnterAsync()
        {
            if (Interlocked.Increment(ref inside) > 1)
                together++;
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return null;
        }

        var ticks = 0;
        _handler.OnReconcile = (_, _, _) => EnterAsync();
        var host = await cluster.RunAsync(_handler, hooks: Timer(
            (_, _) =>
            {
                ticks++;
                return EnterAsync();
            },
            TimeSpan.FromTicks(1)));
        await cluster.CreateAsync("app");

        while (ticks < 200 || _handler.Calls.Count < 50)
        {
            host.Enqueue<SimpleApp>("app", Cluster.Namespace);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        together.ShouldBe(0);
    }

    [Fact]
    public async Task A_timer_that_throws_is_tried_again_after_a_back_off_and_the_object_stays_ready()
    {
        await using var cluster = await Cluster.StartAsync();
        var calls = 0;
        await cluster.RunAsync(_handler, hooks: Timer((_, _) => ++calls < 4 ? throw new InvalidOperationException("boom") : Task.FromResult<ResourceStatus?>(null)));

        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => calls >= 4);

        (await cluster.UntilReadyAsync("app")).ShouldNotBeNull();
        IReadOnlyList<string> events = [];
        while (events.Count == 0)
        {
            events = await cluster.EventsAsync();
        }

        events.ShouldContain(note => note.Contains("Tick: InvalidOperationException: boom"));
    }

    [Fact]
    public async Task A_controller_of_timers_alone_has_no_other_runs()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(
            _handler,
            HandlerMethods.None,
            options: new OperatorOptions { HttpPort = 0, StopGrace = TimeSpan.Zero },
            hooks: Timer(static (_, _) => Task.FromResult<ResourceStatus?>(new SimpleAppStatus { ReadyReplicas = 42 })));

        await cluster.CreateAsync("app");
        await cluster.UntilAsync<SimpleApp>("app", static app => app?.Status is { ReadyReplicas: 42 });

        _handler.Calls.ShouldBeEmpty();
        (await Scrape.OfAsync(host))["""controller_runtime_reconcile_total{controller="simpleapp",result="success"}"""].ShouldBe(0);
    }

    private static Hook<SimpleApp> Timer(Func<ReconcileScope<SimpleApp>, CancellationToken, Task<ResourceStatus?>> call, TimeSpan? interval = null) => Hook.Timer<SimpleApp>(
        "Tick", interval ?? TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.Zero, (_, scope, token) => call(scope, token));
}
