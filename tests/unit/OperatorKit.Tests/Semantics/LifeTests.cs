using System.Collections.Concurrent;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class LifeTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task A_change_is_handled_while_the_clock_stands_still()
    {
        await using var cluster = await Cluster.StartAsync(time: new ManualTime());
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await cluster.ScaleAsync("app", 2);
        await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", set => set?.Spec?.Replicas == 2);
    }

    [Fact]
    public async Task A_create_costs_one_call_for_the_child_and_one_for_the_status()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app", replicas: 3);
        var app = await cluster.UntilReadyAsync("app");

        app!.Status!.ObservedGeneration.ShouldBe(1);
        app.Metadata.Finalizers.ShouldBeNull();
        var child = await cluster.ReplicaSets.GetAsync("app-replicaset");
        child.Spec!.Replicas.ShouldBe(3);
        var owner = child.Metadata!.OwnerReferences!.ShouldHaveSingleItem();
        (owner.Kind, owner.Name, owner.Uid, owner.Controller).ShouldBe(("SimpleApp", "app", app.Metadata.Uid, true));
        cluster.Requests.Writes.ShouldBe([
            "PATCH /apis/apps/v1/namespaces/default/replicasets/app-replicaset",
            "PATCH /apis/example.com/v1/namespaces/default/simpleapps/app/status",
        ]);
    }

    [Fact]
    public async Task An_update_knows_what_changed_and_costs_two_calls()
    {
        await using var cluster = await Cluster.StartAsync();
        (int? Old, int New) seen = default;
        _handler.OnReconcile = (scope, context, token) =>
        {
            if (scope.Method == HandlerMethods.Update)
                seen = (scope.Previous?.Spec.Replicas, scope.Resource.Spec.Replicas);
            return ScriptedHandler.EnsureAsync(scope, context, token);
        };
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app", replicas: 3);
        await cluster.UntilReadyAsync("app");
        cluster.Requests.Clear();

        await cluster.ScaleAsync("app", 5);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);

        seen.ShouldBe((3, 5));
        (await cluster.ReplicaSets.GetAsync("app-replicaset")).Spec!.Replicas.ShouldBe(5);
        cluster.Requests.Writes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_delete_without_a_handler_costs_no_call_and_the_child_goes_with_its_owner()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ReadyReplicas == 1);
        cluster.Requests.Clear();

        await cluster.Apps.DeleteAsync("app");
        await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", child => child is null);

        cluster.Requests.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_status_follows_the_children()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app", replicas: 2);

        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ReadyReplicas == 2);
    }

    [Fact]
    public async Task A_child_deleted_by_hand_comes_back()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app", replicas: 3);
        await cluster.UntilReadyAsync("app");
        var first = await cluster.ReplicaSets.GetAsync("app-replicaset");

        await cluster.ReplicaSets.DeleteAsync("app-replicaset");

        await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", child => child is not null && child.Metadata!.Uid != first.Metadata!.Uid);
    }

    [Fact]
    public async Task A_child_edited_by_hand_is_put_right_and_foreign_fields_stay()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app", replicas: 3);
        await cluster.UntilReadyAsync("app");

        await cluster.ReplicaSets.PatchAsync("app-replicaset", Patch.Merge("""{"metadata":{"labels":{"foreign":"yes"}},"spec":{"replicas":9}}"""));

        var child = await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", found => found?.Spec?.Replicas == 3);
        child!.Metadata!.Labels!["foreign"].ShouldBe("yes");
    }

    [Fact]
    public async Task A_run_that_changes_nothing_sends_nothing()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        cluster.Requests.Clear();

        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"labels":{"a":"b"}}}"""));
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Reconcile app"));
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");

        cluster.Requests.Writes.ShouldAllBe(write => write.Contains("marker"));
    }

    [Fact]
    public async Task A_finalizer_guards_the_delete_handler_and_foreign_ones_stay()
    {
        await using var cluster = await Cluster.StartAsync();
        var hadFinalizer = false;
        _handler.OnReconcile = (scope, _, _) =>
        {
            hadFinalizer = scope.Resource.Metadata.Finalizers?.Contains("example.com/simpleapp-finalizer") ?? false;
            return Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        };
        await cluster.RunAsync(_handler, HandlerMethods.Create | HandlerMethods.Delete);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        hadFinalizer.ShouldBeTrue();
        await cluster.Apps.PatchAsync("app", Patch.Json(JsonPatchOperation.Add("/metadata/finalizers/0", "foreign.io/guard")));

        await cluster.Apps.DeleteAsync("app");
        var app = await cluster.UntilAsync<SimpleApp>("app", found => found?.Metadata.Finalizers?.Count == 1);

        app!.Metadata.Finalizers.ShouldBe(["foreign.io/guard"]);
        _handler.Calls.ShouldBe(["Create app", "Delete app"]);
        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"finalizers":null}}"""));
        await cluster.UntilAsync<SimpleApp>("app", found => found is null);
    }

    [Fact]
    public async Task A_finalizer_of_an_earlier_build_does_not_keep_the_object()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"finalizers":["example.com/simpleapp-finalizer"]}}"""));

        await cluster.Apps.DeleteAsync("app");

        await cluster.UntilAsync<SimpleApp>("app", found => found is null);
    }

    [Fact]
    public async Task A_requeue_brings_the_object_back_without_a_change()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (scope, context, _) =>
        {
            if (scope.Method == HandlerMethods.Create)
                context.RequeueAfter(TimeSpan.FromMilliseconds(1));
            return Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        };
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");

        await Cluster.UntilAsync(() => _handler.Calls.Contains("Reconcile app"));
    }

    [Fact]
    public async Task A_handler_has_the_clock_of_the_operator_and_comes_back_by_it()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var created = time.GetUtcNow();
        var ages = new ConcurrentQueue<TimeSpan>();
        _handler.OnReconcile = (_, context, _) =>
        {
            ages.Enqueue(context.Time.GetUtcNow() - created);
            context.RequeueAfter(TimeSpan.FromHours(2));
            return Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        };
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => time.IsAwaited(created + TimeSpan.FromHours(2)));

        time.Advance(TimeSpan.FromHours(2));

        await Cluster.UntilAsync(() => ages.Count == 2);
        ages.ShouldBe([TimeSpan.Zero, TimeSpan.FromHours(2)]);
    }

    [Fact]
    public async Task Children_are_read_with_own_writes_included()
    {
        await using var cluster = await Cluster.StartAsync();
        var seen = (Before: -1, After: -1);
        _handler.OnReconcile = async (scope, context, token) =>
        {
            var before = context.Owned<V1ReplicaSet>().Count;
            await ScriptedHandler.EnsureAsync(scope, context, token);
            var after = context.Owned<V1ReplicaSet>("app-replicaset") is null ? 0 : context.Owned<V1ReplicaSet>().Count;
            if (scope.Method == HandlerMethods.Create)
                seen = (before, after);
            await context.DeleteAsync<V1ReplicaSet>("app-replicaset", token);
            context.Owned<V1ReplicaSet>("app-replicaset").ShouldBeNull();
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(_handler, HandlerMethods.Create);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        seen.ShouldBe((0, 1));
    }
}
