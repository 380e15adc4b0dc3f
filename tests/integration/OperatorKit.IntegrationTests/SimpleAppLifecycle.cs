using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Testing;
using Samples;

namespace OperatorKit.IntegrationTests;

/// <summary>The operator of the sample, from create to delete, as its user sees it, however it is run.</summary>
public abstract class SimpleAppLifecycle(SharedCluster shared)
{
    private const string App = "my-app";
    private const string Child = "my-app-replicaset";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_app_gets_a_replica_set_that_it_owns()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);

        var app = await CreateAsync(home, 3);
        var child = await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 3, Token);

        var owner = child.Metadata.OwnerReferences.ShouldHaveSingleItem();
        owner.Uid.ShouldBe(app.Metadata.Uid);
        owner.Kind.ShouldBe("SimpleApp");
        owner.Controller.ShouldBe(true);
        child.Spec!.Selector!.MatchLabels!["app.kubernetes.io/instance"].ShouldBe(App);
        child.Spec.Template!.Metadata!.Labels!["app.kubernetes.io/instance"].ShouldBe(App);
        child.Spec.Template.Spec!.Containers!.ShouldHaveSingleItem().Image.ShouldBe("nginx:1.27");
    }

    [Fact]
    public async Task The_status_says_which_generation_was_dealt_with_and_when_it_is_ready()
    {
        Assert.SkipUnless(shared.Cluster.HasWorkloads, "this cluster makes no pods");
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);

        await CreateAsync(home, 2);
        var app = await home.EventuallyAsync<SimpleApp>(App, app => IsReady(app), Token);

        app.Status!.ReadyReplicas.ShouldBe(2);
        app.Status.ObservedGeneration.ShouldBe(app.Metadata.Generation);
        app.Metadata.Finalizers.ShouldBeNull("an operator without OnDeleteAsync needs no finalizer");
    }

    [Fact]
    public async Task Scaling_through_the_subresource_scales_the_replica_set()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await CreateAsync(home, 1);
        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 1, Token);

        await shared.Cluster.Client.SimpleApps(home.Name).ScaleAsync(App, 5, cancellationToken: Token);

        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 5, Token);
        await home.EventuallyAsync<SimpleApp>(App, app => app.Status?.ObservedGeneration == 2, Token);
    }

    [Fact]
    public async Task A_new_image_reaches_the_template_and_nobody_elses_fields_are_lost()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await CreateAsync(home, 1);
        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 1, Token);
        await home.Resource<V1ReplicaSet>().PatchAsync(
            Child,
            Patch.Merge("""{"metadata":{"annotations":{"team":"blue"}},"spec":{"minReadySeconds":7}}"""),
            new WriteOptions { FieldManager = "somebody-else" },
            Token);

        await shared.Cluster.Client.SimpleApps(home.Name).PatchAsync(App, Patch.Merge("""{"spec":{"image":"nginx:1.28"}}"""), cancellationToken: Token);

        var child = await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Template!.Spec!.Containers![0].Image == "nginx:1.28", Token);
        child.Metadata.Annotations!["team"].ShouldBe("blue");
        child.Spec!.MinReadySeconds.ShouldBe(7);
    }

    [Fact]
    public async Task A_replica_set_deleted_by_hand_comes_back()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await CreateAsync(home, 2);
        var first = await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 2, Token);

        await home.Resource<V1ReplicaSet>().DeleteAsync(Child, cancellationToken: Token);

        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Metadata.Uid != first.Metadata.Uid && set.Spec!.Replicas == 2, Token);
    }

    [Fact]
    public async Task A_replica_set_edited_by_hand_is_put_right()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await CreateAsync(home, 2);
        var first = await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 2, Token);

        var edited = await home.Resource<V1ReplicaSet>().ScaleAsync(Child, 9, cancellationToken: Token);

        edited.Spec!.Replicas.ShouldBe(9);
        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Metadata.Generation > first.Metadata.Generation + 1 && set.Spec!.Replicas == 2, Token);
    }

    [Fact]
    public async Task Deleting_the_app_takes_the_replica_set_with_it()
    {
        Assert.SkipUnless(shared.Cluster.HasWorkloads, "this cluster collects no garbage");
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await CreateAsync(home, 1);
        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 1, Token);

        await home.Resource<SimpleApp>().DeleteAsync(App, cancellationToken: Token);

        await home.EventuallyGoneAsync<SimpleApp>(App, Token);
        await home.EventuallyGoneAsync<V1ReplicaSet>(Child, Token);
    }

    [Fact]
    public async Task An_operator_that_was_away_catches_up_with_changes_and_lost_children()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using (await RunAsync(home))
        {
            await CreateAsync(home, 1);
            await home.EventuallyAsync<SimpleApp>(App, app => app.Status?.ObservedGeneration == 1, Token);
        }

        await home.Resource<SimpleApp>().ScaleAsync(App, 4, cancellationToken: Token);
        await home.Resource<V1ReplicaSet>().DeleteAsync(Child, cancellationToken: Token);
        await home.EventuallyGoneAsync<V1ReplicaSet>(Child, Token);

        await using var again = await RunAsync(home);
        await home.EventuallyAsync<V1ReplicaSet>(Child, set => set.Spec!.Replicas == 4, Token);
        await home.EventuallyAsync<SimpleApp>(App, app => app.Status?.ObservedGeneration == 2, Token);
    }

    [Fact]
    public async Task Events_tell_the_story()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);

        await CreateAsync(home, 1);

        await EventWithReasonAsync(home, "Created");
    }

    private async Task EventWithReasonAsync(TestNamespace home, string reason)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(shared.Cluster.Patience);
        await foreach (var change in home.Resource<Corev1Event>().WatchAsync(new WatchOptions(), limit.Token))
        {
            if (change.Type != WatchEventType.Bookmark && change.Object.Reason == reason && change.Object.InvolvedObject?.Name == App)
                return;
        }
    }

    /// <summary>Starts the operator for one namespace.</summary>
    protected abstract Task<IAsyncDisposable> RunAsync(TestNamespace home);

    private static Task<SimpleApp> CreateAsync(TestNamespace home, int replicas) => home.Resource<SimpleApp>().CreateAsync(
        new SimpleApp { Metadata = new V1ObjectMeta { Name = App }, Spec = new SimpleAppSpec { Replicas = replicas } }, cancellationToken: Token);

    private static bool IsReady(SimpleApp app) => app.Status?.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
}
