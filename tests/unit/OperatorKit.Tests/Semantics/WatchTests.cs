using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class WatchTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task A_connection_that_breaks_loses_no_change()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app", replicas: 1);
        await cluster.UntilReadyAsync("app");

        cluster.Requests.Reconnect();
        await cluster.ScaleAsync("app", 2);
        await cluster.CreateAsync("other");

        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);
        await cluster.UntilReadyAsync("other");
    }

    [Fact]
    public async Task Changes_that_the_server_has_forgotten_are_found_by_a_list()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app", replicas: 1);
        await cluster.CreateAsync("gone");
        await cluster.UntilReadyAsync("app");
        await cluster.UntilReadyAsync("gone");
        var child = await cluster.ReplicaSets.GetAsync("app-replicaset");

        // While the watches are down, everything happens that they would have reported; then its history goes.
        cluster.Requests.Reconnect();
        await cluster.ScaleAsync("app", 3);
        await cluster.Apps.DeleteAsync("gone");
        await cluster.ReplicaSets.DeleteAsync("app-replicaset");
        cluster.Server.Compact();

        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);
        await cluster.UntilAsync<V1ReplicaSet>(
            "app-replicaset", found => found?.Spec?.Replicas == 3 && found.Metadata!.Uid != child.Metadata!.Uid);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_watch_that_the_server_has_not_answered()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Requests.OnTheWay = (request, token) =>
        {
            if (!request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
                return Task.CompletedTask;
            held.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        cluster.Requests.Reconnect();
        await held.Task;

        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_server_that_comes_back_is_found_and_its_objects_are_handled()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        await cluster.StartServerAsync();
        cluster.Requests.Reconnect();
        await cluster.CreateAsync("app", replicas: 2);

        await cluster.UntilReadyAsync("app");
        (await cluster.ReplicaSets.GetAsync("app-replicaset")).Spec!.Replicas.ShouldBe(2);
    }
}
