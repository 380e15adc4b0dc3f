using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class RelationTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task Children_that_a_run_does_not_apply_are_pruned()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = async (scope, context, token) =>
        {
            for (var i = 0; i < scope.Resource.Spec.Replicas; i++)
            {
                await context.ApplyAsync(Child($"app-{i}"), token);
            }

            await context.PruneAsync<V1ReplicaSet>(token);
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(_handler);
        await cluster.ReplicaSets.CreateAsync(Child("foreign"));
        await cluster.CreateAsync("app", replicas: 3);
        await cluster.UntilReadyAsync("app");

        await cluster.ScaleAsync("app", 1);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);

        (await cluster.ReplicaSets.ListAsync()).Select(child => child.Metadata!.Name).ShouldBe(["app-0", "foreign"]);
    }

    [Fact]
    public async Task A_child_of_another_owner_is_not_taken_away_from_it()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = async (_, context, token) =>
        {
            await context.ApplyAsync(Child("shared"), token);
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("one");
        await cluster.UntilReadyAsync("one");

        await cluster.CreateAsync("two");
        var refused = await cluster.UntilReadyAsync("two", "False");

        refused!.Status!.Conditions.Single().Message!.ShouldContain("ReplicaSet shared belongs to SimpleApp one. Give the child of SimpleApp two another name");
        (await cluster.ReplicaSets.GetAsync("shared")).Metadata!.OwnerReferences!.ShouldHaveSingleItem().Name.ShouldBe("one");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_goes_with_its_owner_is_not_made_again_before_the_watch_shows_why(bool isHeld)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        var shown = new TaskCompletionSource();
        cluster.Requests.OnTheWay = (request, token) =>
            request.RequestUri!.AbsolutePath.EndsWith("/simpleapps", StringComparison.Ordinal) ? shown.Task.WaitAsync(token) : Task.CompletedTask;
        cluster.Requests.BreakWatches();
        var reads = 0;
        cluster.Requests.Intercept = request =>
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/simpleapps/app", StringComparison.Ordinal))
                Interlocked.Increment(ref reads);
            return null;
        };
        cluster.Requests.Clear();

        if (isHeld)
            await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"finalizers":["foreign.io/guard"]}}"""));
        await cluster.Apps.DeleteAsync("app");
        await cluster.ReplicaSets.DeleteAsync("app-replicaset");
        await Cluster.UntilAsync(() => reads > 0);
        shown.SetResult();
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");

        cluster.Requests.Writes.ShouldAllBe(static write => write.Contains("marker"));
        (await cluster.ReplicaSets.ListAsync()).ShouldAllBe(static child => child.Metadata!.Name == "marker-replicaset");
    }

    [Fact]
    public async Task An_orphan_is_adopted()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.ReplicaSets.CreateAsync(Child("app-replicaset", label: "app"));
        await cluster.RunAsync(_handler);

        var app = await cluster.CreateAsync("app", replicas: 4);
        await cluster.UntilReadyAsync("app");

        var child = await cluster.ReplicaSets.GetAsync("app-replicaset");
        child.Metadata!.OwnerReferences!.ShouldHaveSingleItem().Uid.ShouldBe(app.Metadata.Uid);
        child.Spec!.Replicas.ShouldBe(4);
    }

    [Fact]
    public async Task A_change_of_a_watched_kind_brings_back_the_objects_that_it_concerns()
    {
        await using var cluster = await Cluster.StartAsync();
        var seen = "";
        _handler.OnReconcile = (scope, context, _) =>
        {
            if (scope.Resource.Metadata.Name == "app")
                seen = context.Cached<V1ConfigMap>("settings")?.Data?["color"] ?? "none";
            return Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        };
        await cluster.RunAsync(_handler, configure: options => options.Watch<V1ConfigMap>(
            map => map.Metadata!.Name == "settings" ? ["app"] : throw new InvalidOperationException("not mine")));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        seen.ShouldBe("none");

        var maps = cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace);
        await maps.CreateAsync(Settings("other", "grey"));
        await maps.CreateAsync(Settings("settings", "blue"));

        await Cluster.UntilAsync(() => seen == "blue");
    }

    [Fact]
    public async Task An_object_can_be_handled_on_demand()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        var before = _handler.Calls.Count;

        host.Enqueue<SimpleApp>("app", Cluster.Namespace);

        await Cluster.UntilAsync(() => _handler.Calls.Count > before);
    }

    private static V1ConfigMap Settings(string name, string color) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Data = new Dictionary<string, string> { ["color"] = color },
    };

    private static V1ReplicaSet Child(string name, string label = "x")
    {
        var labels = new Dictionary<string, string> { ["app"] = label };
        return new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1ReplicaSetSpec
            {
                Replicas = 1,
                Selector = new V1LabelSelector { MatchLabels = labels },
                Template = new V1PodTemplateSpec
                {
                    Metadata = new V1ObjectMeta { Labels = labels },
                    Spec = new V1PodSpec { Containers = [new V1Container { Name = "app", Image = "x:1" }] },
                },
            },
        };
    }
}
