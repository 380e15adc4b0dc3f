using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Sharding;

/// <summary>Replicas that share the objects of one server.</summary>
public sealed class ShardedOperatorTests
{
    private const string Label = "example.com/shard";

    private static readonly string[] Names = [.. Enumerable.Range(0, 24).Select(static i => $"app-{i}")];

    [Fact]
    public async Task Each_object_is_handled_by_exactly_one_replica()
    {
        await using var cluster = await Cluster.StartAsync();
        var handlers = await RunAsync(cluster, 2);

        await Task.WhenAll(Names.Select(name => cluster.CreateAsync(name)));
        await Task.WhenAll(Names.Select(name => cluster.UntilReadyAsync(name)));

        var (first, second) = (Handled(handlers[0].Handler), Handled(handlers[1].Handler));
        first.ShouldNotBeEmpty();
        second.ShouldNotBeEmpty();
        first.Intersect(second).ShouldBeEmpty();
        first.Union(second).ShouldBe(Names, ignoreOrder: true);
    }

    [Fact]
    public async Task A_child_comes_back_in_the_shard_of_its_owner_only()
    {
        await using var cluster = await Cluster.StartAsync();
        var replicas = await RunAsync(cluster, 2);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        var child = (await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", static set => set is not null))!.Metadata.Uid;

        await cluster.ReplicaSets.DeleteAsync("app-replicaset");

        await cluster.UntilAsync<V1ReplicaSet>("app-replicaset", set => set is not null && set.Metadata.Uid != child);
        replicas.Count(replica => replica.Handler.Calls.IsEmpty).ShouldBe(1);
    }

    [Fact]
    public async Task Another_count_of_shards_loses_no_object_and_no_change_made_in_between()
    {
        await using var cluster = await Cluster.StartAsync();
        var before = await RunAsync(cluster, 2);
        await Task.WhenAll(Names.Select(name => cluster.CreateAsync(name)));
        await Task.WhenAll(Names.Select(name => cluster.UntilReadyAsync(name)));
        foreach (var (host, _) in before)
        {
            await host.DisposeAsync();
        }

        await Task.WhenAll(Names.Select(name => cluster.ScaleAsync(name, 3)));
        await cluster.CreateAsync("between");
        var after = await RunAsync(cluster, 3);

        await Task.WhenAll(Names.Select(name => cluster.UntilAsync<V1ReplicaSet>($"{name}-replicaset", static set => set?.Spec?.Replicas == 3)));
        await cluster.UntilReadyAsync("between");
        var shares = after.Select(replica => Handled(replica.Handler)).ToList();
        shares.SelectMany(static share => share).ShouldBe([.. Names, "between"], ignoreOrder: true);
    }

    [Fact]
    public async Task By_label_the_server_sends_each_replica_its_share_and_the_rest_to_the_first()
    {
        await using var cluster = await Cluster.StartAsync();
        var queries = new System.Collections.Concurrent.ConcurrentQueue<string>();
        cluster.Requests.Intercept = request =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/simpleapps", StringComparison.Ordinal))
                queries.Enqueue(Uri.UnescapeDataString(request.RequestUri.Query));
            return null;
        };
        var replicas = await RunAsync(cluster, 2, Label);
        await cluster.CreateAsync("unlabelled");
        await CreateAsync(cluster, "second", "1");
        await CreateAsync(cluster, "unknown", "7");
        await cluster.UntilReadyAsync("unlabelled");
        await cluster.UntilReadyAsync("second");
        await cluster.UntilReadyAsync("unknown");

        Handled(replicas[0].Handler).ShouldBe(["unknown", "unlabelled"], ignoreOrder: true);
        Handled(replicas[1].Handler).ShouldBe(["second"]);
        queries.ShouldContain(query => query.Contains($"labelSelector={Label} notin (1)", StringComparison.Ordinal));
        queries.ShouldContain(query => query.Contains($"labelSelector={Label}=1", StringComparison.Ordinal));

        await cluster.Apps.PatchAsync("unlabelled", Patch.Merge($$$"""{"metadata":{"labels":{"{{{Label}}}":"1"}},"spec":{"replicas":4}}"""));

        await cluster.UntilAsync<V1ReplicaSet>("unlabelled-replicaset", static set => set?.Spec?.Replicas == 4);
        Handled(replicas[1].Handler).ShouldBe(["second", "unlabelled"], ignoreOrder: true);
    }

    [Fact]
    public async Task With_leader_election_each_shard_has_a_lease()
    {
        await using var cluster = await Cluster.StartAsync();
        var replicas = await RunAsync(cluster, 2, elect: true);
        await Task.WhenAll(replicas.Select(replica => replica.Host.Working));

        var leases = await cluster.Client.Resource<V1Lease>(Cluster.Namespace).ListAsync();

        leases.Select(lease => $"{lease.Metadata.Name} {lease.Spec!.HolderIdentity}").ShouldBe(["op-0 replica-0", "op-1 replica-1"], ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<(OperatorHost Host, ScriptedHandler Handler)>> RunAsync(Cluster cluster, int count, string? label = null, bool elect = false)
    {
        var replicas = new List<(OperatorHost, ScriptedHandler)>();
        for (var i = 0; i < count; i++)
        {
            var options = new OperatorOptions { Name = "op", Shard = new Shard(i, count) { Label = label }, LeaderElection = elect, StopGrace = TimeSpan.Zero };
            options.Lease.Identity = $"replica-{i}";
            var handler = new ScriptedHandler();
            replicas.Add((await cluster.RunAsync(handler, options: options), handler));
        }

        return replicas;
    }

    private static List<string> Handled(ScriptedHandler handler) => [.. handler.Calls.Select(static call => call.Split(' ')[1]).Distinct()];

    private static Task CreateAsync(Cluster cluster, string name, string shard) => cluster.Apps.CreateAsync(new SimpleApp
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Cluster.Namespace, Labels = new Dictionary<string, string> { [Label] = shard } },
        Spec = new SimpleAppSpec(),
    });
}
