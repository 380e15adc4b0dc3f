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

    /// <summary>A candidate that does not lose its lease when the clock runs ahead of its requests.</summary>
    private static OperatorOptions Patient(string identity)
    {
        var options = Candidate(identity);
        (options.Lease.Duration, options.Lease.RenewDeadline) = (TimeSpan.FromHours(4), TimeSpan.FromHours(2));
        return options;
    }

    [Fact]
    public async Task One_of_two_replicas_works_and_the_other_takes_over_as_soon_as_the_first_stops()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var (one, two) = (new ScriptedHandler(), new ScriptedHandler());
        var first = await cluster.RunAsync(one, options: Patient("one"));
        await first.Working;
        var second = await cluster.RunAsync(two, options: Patient("two"));
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        two.Calls.ShouldBeEmpty();

        await first.DisposeAsync();
        // Released, as the clock stands still; the other may have looked so late that it has taken it already.
        (await cluster.Client.Resource<V1Lease>(Cluster.Namespace).GetAsync("op")).Spec!.HolderIdentity.ShouldNotBe("one");
        await time.AdvanceUntilAsync(() => second.Working.IsCompleted, TimeSpan.FromSeconds(1));
        await cluster.CreateAsync("later");
        await cluster.UntilReadyAsync("later");

        one.Calls.ShouldNotContain("Create later");
        two.Calls.ShouldContain("Create later");
    }

    [Fact]
    public async Task A_leader_that_stops_keeps_its_lease_until_its_runs_are_done()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var leases = cluster.Client.Resource<V1Lease>(Cluster.Namespace);
        var entered = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        var handler = new ScriptedHandler
        {
            OnReconcile = async (scope, context, token) =>
            {
                // The clock goes on as soon as the test knows: by then the time must run.
                var work = context.DelayAsync(TimeSpan.FromSeconds(25), token);
                entered.SetResult();
                await work;
                left.SetResult();
                return await ScriptedHandler.EnsureAsync(scope, context, token);
            },
        };
        var first = await cluster.RunAsync(handler, options: Candidate("one"));
        await first.Working;
        var second = await cluster.RunAsync(new ScriptedHandler(), options: Candidate("two"));
        await cluster.CreateAsync("app");
        await entered.Task;

        var stopping = first.StopAsync();
        List<V1LeaseSpec> seen = [];
        while (!left.Task.IsCompleted)
        {
            // The clock must not run away from a leader that has yet to renew.
            await Cluster.UntilAsync(() => left.Task.IsCompleted || time.IsAwaited(time.GetUtcNow() + TimeSpan.FromSeconds(2)));
            seen.Add((await leases.GetAsync("op")).Spec!);
            seen.Count.ShouldBeLessThan(15, "the work takes 25 seconds");
            time.Advance(TimeSpan.FromSeconds(2));
        }

        await stopping;
        seen.SkipLast(1).ShouldAllBe(static lease => lease.HolderIdentity == "one");
        seen.Select(static lease => lease.RenewTime).Distinct().Count().ShouldBeGreaterThan(5);
        (await cluster.Apps.GetAsync("app")).Status!.ObservedGeneration.ShouldBe(1);
        await time.AdvanceUntilAsync(() => second.Working.IsCompleted, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_leader_that_loses_its_lease_while_it_stops_cancels_its_runs()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var entered = new TaskCompletionSource();
        var handler = new ScriptedHandler
        {
            OnReconcile = async (_, context, token) =>
            {
                entered.SetResult();
                await context.DelayAsync(TimeSpan.FromHours(1), token);
                return null;
            },
        };
        var options = Candidate("one");
        options.StopGrace = TimeSpan.FromHours(1);
        var leader = await cluster.RunAsync(handler, options: options);
        await leader.Working;
        await cluster.CreateAsync("app");
        await entered.Task;
        cluster.Requests.Intercept = request =>
            request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? throw new HttpRequestException("partitioned") : null;
        var asked = time.GetTimestamp();

        var stopping = leader.StopAsync();
        await time.AdvanceUntilAsync(() => stopping.IsCompleted, TimeSpan.FromMilliseconds(100));

        time.GetElapsedTime(asked).ShouldBeInRange(options.Lease.RenewDeadline - options.Lease.RetryPeriod, options.StopGrace / 2);
        (await cluster.Apps.GetAsync("app")).Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_ignores_the_loss_can_write_neither_through_its_context_nor_through_the_client_in_it()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var lost = new TaskCompletionSource();
        var tried = new TaskCompletionSource<IReadOnlyList<Exception?>>();
        var handler = new ScriptedHandler
        {
            OnReconcile = async (scope, context, token) =>
            {
                using var registration = token.Register(() => lost.TrySetResult());
                var configs = context.Client.Resource<V1ConfigMap>(Cluster.Namespace);
                await configs.CreateAsync(Config("before"), cancellationToken: CancellationToken.None);
                await lost.Task;
                tried.TrySetResult(
                [
                    await Record.ExceptionAsync(() => configs.CreateAsync(Config("after"), cancellationToken: CancellationToken.None)),
                    await Record.ExceptionAsync(() => context.ApplyAsync(Config("after"), CancellationToken.None)),
                ]);
                return null;
            },
        };
        var leader = await cluster.RunAsync(handler, options: Candidate("one"));
        await leader.Working;
        await cluster.CreateAsync("app");
        await cluster.UntilAsync<V1ConfigMap>("before", config => config is not null);
        cluster.Requests.Intercept = request =>
            request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? throw new HttpRequestException("partitioned") : null;

        await time.AdvanceUntilAsync(() => tried.Task.IsCompleted, TimeSpan.FromSeconds(1));

        (await tried.Task).ShouldAllBe(exception => exception is OperationCanceledException);
        (await cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace).FindAsync("after")).ShouldBeNull();

        static V1ConfigMap Config(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };
    }

    [Fact]
    public async Task Renewing_costs_one_request_and_reads_the_lease_only_after_someone_else_has_written_to_it()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var leases = cluster.Client.Resource<V1Lease>(Cluster.Namespace);
        var options = Candidate("one");
        options.HttpPort = 0;
        var leader = await cluster.RunAsync(new ScriptedHandler(), options: options);
        await leader.Working;
        var reads = 0;
        cluster.Requests.Intercept = request =>
        {
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/leases/op", StringComparison.Ordinal))
                Interlocked.Increment(ref reads);
            return null;
        };

        await RenewAsync();
        await RenewAsync();
        reads.ShouldBe(0);
        await leases.PatchAsync("op", Patch.Merge("""{"metadata":{"labels":{"seen":"yes"}}}"""));
        await RenewAsync();

        reads.ShouldBe(1);
        var metrics = await Metrics.Scrape.OfAsync(leader);
        metrics["""leader_election_slowpath_total{name="op"}"""].ShouldBe(1);
        metrics["""leader_election_master_status{name="op"}"""].ShouldBe(1);

        async Task RenewAsync()
        {
            var before = (await leases.GetAsync("op")).Spec!.RenewTime;
            await Cluster.UntilAsync(() => time.IsAwaited(time.GetUtcNow() + options.Lease.RetryPeriod));
            time.Advance(options.Lease.RetryPeriod);
            await cluster.UntilAsync<V1Lease>("op", lease => lease!.Spec!.RenewTime != before);
        }
    }

    [Fact]
    public async Task A_renewal_that_gets_no_answer_leaves_time_for_another()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var options = Candidate("one");
        var leader = await cluster.RunAsync(new ScriptedHandler(), options: options);
        await leader.Working;
        var renewals = 0;
        cluster.Requests.OnTheWay = async (request, token) =>
        {
            if (request.Method == HttpMethod.Patch && request.RequestUri!.AbsolutePath.EndsWith("/leases/op", StringComparison.Ordinal) && Interlocked.Increment(ref renewals) == 1)
                await Task.Delay(Timeout.Infinite, token);
        };
        await Cluster.UntilAsync(() => time.IsAwaited(time.GetUtcNow() + options.Lease.RetryPeriod));
        time.Advance(options.Lease.RetryPeriod);
        await Cluster.UntilAsync(() => renewals == 1);

        // Not a second more than half of the deadline: the lease has been ours for seven seconds then.
        time.Advance(options.Lease.RenewDeadline / 2);
        await Cluster.UntilAsync(() => time.IsAwaited(time.GetUtcNow() + options.Lease.RetryPeriod));
        time.Advance(options.Lease.RetryPeriod);

        await cluster.UntilAsync<V1Lease>("op", lease => lease!.Spec!.RenewTime >= time.GetUtcNow() - options.Lease.RetryPeriod);
        renewals.ShouldBe(2);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
    }

    [Fact]
    public async Task A_replica_that_lost_its_lease_lives_on_and_leads_again()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var cancelled = new TaskCompletionSource();
        var handler = new ScriptedHandler
        {
            OnReconcile = async (_, _, token) =>
            {
                using var registration = token.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, token);
                return null;
            },
        };
        var host = await cluster.RunAsync(handler, configure: static options => options.HandlerTimeout = TimeSpan.FromDays(1), options: Patient("one"));
        await host.Working;
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => !handler.Calls.IsEmpty);
        cluster.Requests.Intercept = request =>
            request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? throw new HttpRequestException("partitioned") : null;
        await time.AdvanceUntilAsync(() => cancelled.Task.IsCompleted, TimeSpan.FromMinutes(1));

        handler.OnReconcile = ScriptedHandler.EnsureAsync;
        cluster.Requests.Intercept = null;
        var ready = cluster.UntilReadyAsync("app");
        await time.AdvanceUntilAsync(() => ready.IsCompleted, TimeSpan.FromSeconds(1));

        await ready;
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
        // It gives up after ten seconds as any other, and others leave it the lease for so long that the clock can run ahead of what it does then.
        var leader = Candidate("one");
        leader.Lease.Duration = TimeSpan.FromHours(4);
        var first = await cluster.RunAsync(one, options: leader);
        await first.Working;
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => !one.Calls.IsEmpty);

        // Another replica has a connection of its own; only the leader's requests for the lease fail.
        using var other = new KubernetesClient(
            cluster.Connection, new KubernetesClientOptions { Handler = cluster.Server.CreateHandler(), RequestTimeout = TimeSpan.FromDays(45), TimeProvider = time });
        var two = new ScriptedHandler();
        await using var second = await OperatorHost.StartAsync(
            other,
            operators => operators.AddController<SimpleApp, ScriptedHandler>(HandlerMethods.Create, [OwnedKind.Of<V1ReplicaSet>()], _ => two),
            Patient("two"),
            time: time,
            cancellationToken: TestContext.Current.CancellationToken);
        cluster.Requests.Intercept = request =>
            request.RequestUri!.AbsolutePath.Contains("/leases", StringComparison.Ordinal) ? throw new HttpRequestException("partitioned") : null;

        await time.AdvanceUntilAsync(() => cancelled.Task.IsCompleted, TimeSpan.FromSeconds(1));
        second.Working.IsCompleted.ShouldBeFalse();
        await time.AdvanceUntilAsync(() => second.Working.IsCompleted, TimeSpan.FromMinutes(1));
        await cluster.UntilReadyAsync("app");

        two.Calls.ShouldContain("Create app");
    }
}
