using System.Collections.Concurrent;
using OperatorKit.Client;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class DaemonTests
{
    private readonly ScriptedHandler _handler = new();
    private readonly ConcurrentQueue<string> _log = new();

    [Fact]
    public async Task A_daemon_runs_while_its_object_is_there()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler, hooks: Daemon(RunAsync));
        await cluster.CreateAsync("app");
        await cluster.CreateAsync("other");
        await Cluster.UntilAsync(() => _log.Count == 2);

        await cluster.Apps.DeleteAsync("app");
        await Cluster.UntilAsync(() => _log.Contains("-app"));
        _log.ShouldNotContain("-other");

        await host.DisposeAsync();
        _log.ShouldContain("-other");

        await cluster.RunAsync(_handler, hooks: Daemon(RunAsync));
        await Cluster.UntilAsync(() => _log.Count(entry => entry == "+other") == 2);
    }

    [Fact]
    public async Task A_daemon_that_throws_is_started_again_and_one_that_returns_is_not()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler, hooks: Daemon((scope, _) =>
        {
            _log.Enqueue(scope.Resource.Metadata.Name!);
            return _log.Count < 4 ? throw new InvalidOperationException("boom") : Task.FromResult<ResourceStatus?>(null);
        }));

        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => _log.Count == 4);
        host.Enqueue<SimpleApp>("app", Cluster.Namespace);
        await cluster.CreateAsync("marker");
        await Cluster.UntilAsync(() => _log.Contains("marker"));

        _log.Count(entry => entry == "app").ShouldBe(4);
    }

    [Fact]
    public async Task A_daemon_follows_its_filter()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler, hooks: Daemon(RunAsync, static (_, app) => app.HasLabel("watched", "yes")));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        _log.ShouldBeEmpty();

        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"labels":{"watched":"yes"}}}"""));
        await Cluster.UntilAsync(() => _log.Contains("+app"));
        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"labels":{"watched":"no"}}}"""));

        await Cluster.UntilAsync(() => _log.Contains("-app"));
    }

    [Fact]
    public async Task A_daemon_that_does_not_end_does_not_keep_its_object_from_being_deleted()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var never = new TaskCompletionSource<ResourceStatus?>();
        var late = new TaskCompletionSource<Exception?>();
        await cluster.RunAsync(_handler, HandlerMethods.Create | HandlerMethods.Delete, hooks: Daemon(async (scope, _) =>
        {
            _log.Enqueue("started");
            await never.Task;
            late.SetResult(await Record.ExceptionAsync(() => ScriptedHandler.EnsureAsync(scope, new SimpleAppContext(scope), CancellationToken.None)));
            return null;
        }));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await Cluster.UntilAsync(() => !_log.IsEmpty);

        await cluster.Apps.DeleteAsync("app");
        var gone = cluster.UntilAsync<SimpleApp>("app", app => app is null);
        await time.AdvanceUntilAsync(() => gone.IsCompleted, TimeSpan.FromSeconds(1));

        await gone;
        _handler.Calls.Last().ShouldBe("Delete app");
        never.SetResult(null);
        (await late.Task).ShouldBeAssignableTo<OperationCanceledException>();
    }

    private async Task<ResourceStatus?> RunAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
    {
        _log.Enqueue($"+{scope.Resource.Metadata.Name}");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _log.Enqueue($"-{scope.Resource.Metadata.Name}");
        }

        return null;
    }

    private static Hook<SimpleApp> Daemon(
        Func<ReconcileScope<SimpleApp>, CancellationToken, Task<ResourceStatus?>> call, Func<SimpleApp?, SimpleApp, bool>? when = null) =>
        Hook.Daemon<SimpleApp>("Follow", (_, scope, token) => call(scope, token), when);
}
