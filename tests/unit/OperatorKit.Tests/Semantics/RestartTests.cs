using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class RestartTests
{
    private const HandlerMethods CreateAndUpdate = HandlerMethods.Create | HandlerMethods.Update;

    [Fact]
    public async Task A_restart_creates_nothing_twice_and_writes_no_status()
    {
        await using var cluster = await Cluster.StartAsync();
        await using (await cluster.RunAsync(new ScriptedHandler()))
        {
            await cluster.CreateAsync("app");
            await cluster.UntilReadyAsync("app");
        }

        cluster.Requests.Clear();
        var second = new ScriptedHandler();
        await cluster.RunAsync(second);
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");
        await Cluster.UntilAsync(() => second.Calls.Contains("Reconcile app"));

        second.Calls.ShouldNotContain("Create app");
        cluster.Requests.Writes.ShouldNotContain("PATCH /apis/example.com/v1/namespaces/default/simpleapps/app/status");
    }

    [Fact]
    public async Task A_change_made_while_the_operator_was_down_is_an_update_whose_old_value_is_not_known()
    {
        await using var cluster = await Cluster.StartAsync();
        await using (await cluster.RunAsync(new ScriptedHandler()))
        {
            await cluster.CreateAsync("app", replicas: 1);
            await cluster.UntilReadyAsync("app");
        }

        await cluster.ScaleAsync("app", 4);
        var previous = new List<SimpleApp?>();
        var second = new ScriptedHandler();
        second.OnReconcile = (scope, context, token) =>
        {
            previous.Add(scope.Previous);
            return ScriptedHandler.EnsureAsync(scope, context, token);
        };
        await cluster.RunAsync(second, CreateAndUpdate);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);

        // The child's event may overtake the answer of its apply and bring the object back once more, with an empty change.
        second.Calls.ShouldAllBe(call => call == "Update app");
        previous[0].ShouldBeNull();
        (await cluster.ReplicaSets.GetAsync("app-replicaset")).Spec!.Replicas.ShouldBe(4);
    }

    [Fact]
    public async Task A_delete_while_the_operator_was_down_is_handled_after_the_start()
    {
        const HandlerMethods Methods = HandlerMethods.Create | HandlerMethods.Delete;
        await using var cluster = await Cluster.StartAsync();
        await using (await cluster.RunAsync(new ScriptedHandler(), Methods))
        {
            await cluster.CreateAsync("app");
            await cluster.UntilReadyAsync("app");
        }

        await cluster.Apps.DeleteAsync("app");
        var second = new ScriptedHandler();
        await cluster.RunAsync(second, Methods);
        await cluster.UntilAsync<SimpleApp>("app", app => app is null);

        second.Calls.ShouldBe(["Delete app"]);
    }

    [Fact]
    public async Task A_child_that_went_while_the_operator_was_down_comes_back()
    {
        await using var cluster = await Cluster.StartAsync();
        await using (await cluster.RunAsync(new ScriptedHandler()))
        {
            await cluster.CreateAsync("app");
            await cluster.UntilReadyAsync("app");
        }

        await cluster.ReplicaSets.DeleteAsync("app-replicaset");
        await cluster.RunAsync(new ScriptedHandler());

        await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", child => child is not null);
    }

    [Fact]
    public async Task A_spec_that_changes_during_a_run_is_handled_in_another_run()
    {
        await using var cluster = await Cluster.StartAsync();
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var handler = new ScriptedHandler();
        handler.OnReconcile = async (scope, context, token) =>
        {
            inside.TrySetResult();
            await go.Task.WaitAsync(token);
            return await ScriptedHandler.EnsureAsync(scope, context, token);
        };
        await cluster.RunAsync(handler, CreateAndUpdate);
        await cluster.CreateAsync("app", replicas: 1);
        await inside.Task;

        await cluster.ScaleAsync("app", 7);
        go.SetResult();

        await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", child => child?.Spec?.Replicas == 7);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);
    }

    [Fact]
    public async Task An_update_right_after_a_write_that_changed_nothing_is_not_lost()
    {
        // Kopf waits for the event of such a write, which never comes, and passes over what happens meanwhile.
        await using var cluster = await Cluster.StartAsync();
        var handler = new ScriptedHandler();
        handler.OnReconcile = async (scope, context, token) =>
        {
            await context.Client.Resource<SimpleApp>(Cluster.Namespace)
                .PatchAsync("app", Patch.Merge("""{"metadata":{"labels":{"seen":"yes"}}}"""), cancellationToken: token);
            return await ScriptedHandler.EnsureAsync(scope, context, token);
        };
        await cluster.RunAsync(handler, CreateAndUpdate);
        await cluster.CreateAsync("app", replicas: 1);
        await cluster.UntilReadyAsync("app");

        for (var replicas = 2; replicas < 12; replicas++)
        {
            await cluster.ScaleAsync("app", replicas);
            await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", child => child?.Spec?.Replicas == replicas);
        }
    }

    [Fact]
    public async Task One_object_is_never_handled_twice_at_the_same_time()
    {
        await using var cluster = await Cluster.StartAsync();
        var running = 0;
        var most = 0;
        var handler = new ScriptedHandler();
        handler.OnReconcile = async (_, _, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(1, token);
            Interlocked.Decrement(ref running);
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(handler);
        await cluster.CreateAsync("app", replicas: 1);
        for (var replicas = 2; replicas <= 30; replicas++)
        {
            await cluster.ScaleAsync("app", replicas);
        }

        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 30);

        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_hot_object_does_not_starve_the_others()
    {
        await using var cluster = await Cluster.StartAsync();
        using var done = new CancellationTokenSource();
        var handler = new ScriptedHandler();
        handler.OnReconcile = async (scope, context, token) =>
        {
            if (scope.Resource.Metadata.Name == "hot" && !done.IsCancellationRequested)
                context.RequeueAfter(TimeSpan.FromTicks(1));
            await Task.Yield();
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(handler, configure: options => options.Concurrency = 1);
        await cluster.CreateAsync("hot");
        await Cluster.UntilAsync(() => handler.Calls.Count > 100);

        await cluster.CreateAsync("cold");
        await cluster.UntilReadyAsync("cold");
        await done.CancelAsync();
    }

    [Fact]
    public async Task An_object_made_again_under_its_name_is_a_new_object()
    {
        await using var cluster = await Cluster.StartAsync();
        var handler = new ScriptedHandler();
        await cluster.RunAsync(handler);
        var first = await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        await cluster.Apps.DeleteAsync("app");
        var second = await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await cluster.UntilAsync<V1ReplicaSet>(
            "app-replicaset", child => child?.Metadata?.OwnerReferences?.Any(owner => owner.Uid == second.Metadata.Uid) ?? false);

        second.Metadata.Uid.ShouldNotBe(first.Metadata.Uid);
        handler.Calls.Count(call => call == "Create app").ShouldBe(2);
    }

    [Fact]
    public async Task The_status_of_a_run_does_not_land_on_an_object_made_again_meanwhile()
    {
        await using var cluster = await Cluster.StartAsync();
        var handler = new ScriptedHandler();
        handler.OnReconcile = async (_, _, token) =>
        {
            handler.OnReconcile = ScriptedHandler.EnsureAsync;
            await cluster.Apps.DeleteAsync("app", cancellationToken: token);
            await cluster.CreateAsync("app");
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(handler);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        handler.Calls.Count(call => call == "Create app").ShouldBe(2);
    }
}
