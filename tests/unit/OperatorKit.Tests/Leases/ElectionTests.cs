using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Leases;

public sealed class ElectionTests
{
    private static OperatorOptions Candidate(string identity)
    {
        var options = new OperatorOptions { Name = "op", LeaderElection = true };
        options.Lease.Identity = identity;
        return options;
    }

    [Fact]
    public async Task One_of_two_replicas_works_and_the_other_takes_over_as_soon_as_the_first_stops()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var (one, two) = (new ScriptedHandler(), new ScriptedHandler());
        var first = await cluster.RunAsync(one, options: Candidate("one"));
        await first.Working;
        var second = await cluster.RunAsync(two, options: Candidate("two"));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        two.Calls.ShouldBeEmpty();

        await first.DisposeAsync();
        (await cluster.Client.Resource<V1Lease>(Cluster.Namespace).GetAsync("op")).Spec!.HolderIdentity.ShouldBe("");
        await time.AdvanceUntilAsync(() => second.Working.IsCompleted, TimeSpan.FromSeconds(1));
        await cluster.CreateAsync("later");
        await cluster.UntilReadyAsync("later");

        one.Calls.ShouldNotContain("Create later");
        two.Calls.ShouldContain("Create later");
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_cancels_its_runs_and_a_standby_takes_over()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var cancelled = new TaskCompletionSource();
        var one = new ScriptedHandler
        {
            OnReconcile = async (_, _, token) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    cancelled.TrySetResult();
                }

                return null;
            },
        };
        var first = await cluster.RunAsync(one, options: Candidate("one"));
        await first.Working;
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => !one.Calls.IsEmpty);

        // Another replica has a connection of its own; only the leader's requests for the lease fail.
        using var other = new KubernetesClient(
            cluster.Connection, new KubernetesClientOptions { Handler = cluster.Server.CreateHandler(), TimeProvider = time });
        var two = new ScriptedHandler();
        await using var second = await OperatorHost.StartAsync(
            other,
            operators => operators.AddController<SimpleApp, ScriptedHandler>(HandlerMethods.Create, [OwnedKind.Of<V1ReplicaSet>()], _ => two),
            Candidate("two"),
            time: time,
            cancellationToken: TestContext.Current.CancellationToken);
        cluster.Requests.Intercept = request =>
            request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? throw new HttpRequestException("partitioned") : null;

        await time.AdvanceUntilAsync(() => cancelled.Task.IsCompleted, TimeSpan.FromSeconds(1));
        second.Working.IsCompleted.ShouldBeFalse();
        await time.AdvanceUntilAsync(() => second.Working.IsCompleted, TimeSpan.FromSeconds(1));
        await cluster.UntilReadyAsync("app");

        two.Calls.ShouldContain("Create app");
    }
}
