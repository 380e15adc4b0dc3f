using OperatorKit.Models;
using Samples;

namespace OperatorKit.Testing.Tests.Simulations;

/// <summary>Operators with the usual mistakes, and what the simulation says to them.</summary>
public sealed class FindingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_repairs_nothing_is_found_and_the_plan_shrunk_to_what_matters()
    {
        var failure = await FailureOf<ForgetfulHandler>(HandlerMethods.Create | HandlerMethods.Update);

        failure.Rule.ShouldBe("the cluster ends as in a run without faults");
        failure.Message.ShouldContain($"OPERATORKIT_SEEDS={failure.Seed} dotnet test");
        failure.Timeline.ShouldContain("BROKEN");
        (await Simulation.ReplayAsync(Operator<ForgetfulHandler>(HandlerMethods.Create | HandlerMethods.Update), failure.Seed)).ShouldBe(failure.Timeline);
        failure.Seed.Split(":s")[1].Split(":f")[0].Split('.').Length.ShouldBeLessThanOrEqualTo(3, failure.Message);
    }

    [Fact]
    public async Task A_handler_that_leaves_the_thread_is_told_so()
    {
        var failure = await FailureOf<WanderingHandler>(HandlerMethods.Create | HandlerMethods.Reconcile);

        failure.Rule.ShouldBe("the simulation works");
        failure.Message.ShouldContain("Task.Run");
    }

    [Fact]
    public async Task A_cancelled_delay_that_comes_back_late_is_told_so()
    {
        var failure = await FailureOf<LateHandler>(HandlerMethods.Create | HandlerMethods.Reconcile, Quiet);

        failure.Rule.ShouldBe("the simulation works");
        failure.Message.ShouldContain("a Task.Delay that is cancelled goes on elsewhere");
        failure.Message.ShouldContain(nameof(LateHandler));
    }

    [Fact]
    public async Task A_handler_that_never_returns_is_handled_twice()
    {
        var failure = await FailureOf<StuckHandler>(HandlerMethods.Create | HandlerMethods.Reconcile, Quiet);

        failure.Rule.ShouldBe("one object is never handled twice at the same time");
        failure.Message.ShouldContain("while Create for it goes on");
    }

    [Fact]
    public Task A_handler_that_waits_in_virtual_time_is_waited_for() => Simulation.RunAsync(
        Operator<PatientHandler>(HandlerMethods.Create | HandlerMethods.Update), new SimulationOptions { Seeds = "1-3", CrashAtEveryWrite = false }, Token);

    [Fact]
    public async Task A_rule_of_the_user_is_looked_at_after_every_change()
    {
        var failure = await Should.ThrowAsync<SimulationFailedException>(Simulation.RunAsync(
            static operators => operators.AddSimpleAppOperator(),
            new SimulationOptions { Seeds = "1-20" }.Always("there are no ReplicaSets", static cluster => cluster.List<V1ReplicaSet>().Count == 0),
            Token));

        failure.Rule.ShouldBe("there are no ReplicaSets");
        failure.Seed.ShouldEndWith(":f");
    }

    [Fact]
    public async Task Seeds_are_read_or_refused_with_what_to_write() =>
        (await Should.ThrowAsync<FormatException>(() => Simulation.ReplayAsync(static operators => operators.AddSimpleAppOperator(), "one"))).Message.ShouldContain("1-200");

    private static SimulationOptions Quiet => new() { Seeds = "1", MostSteps = 1, MostFaults = 0 };

    private static Task<SimulationFailedException> FailureOf<THandler>(HandlerMethods methods, SimulationOptions? options = null)
        where THandler : class, IResourceHandler<SimpleApp>, new() =>
        Should.ThrowAsync<SimulationFailedException>(Simulation.RunAsync(Operator<THandler>(methods), options ?? new SimulationOptions { Seeds = "1-40" }, Token));

    private static Action<OperatorBuilder> Operator<THandler>(HandlerMethods methods)
        where THandler : class, IResourceHandler<SimpleApp>, new() =>
        operators => operators.AddController<SimpleApp, THandler>(methods, [OwnedKind.Of<V1ConfigMap>()]);

    private sealed class Context(ReconcileScope<SimpleApp> scope) : ReconcileContext<SimpleApp>(scope);

    /// <summary>Makes its child once and never looks at it again.</summary>
    private sealed class ForgetfulHandler : IResourceHandler<SimpleApp>
    {
        public async Task<ResourceStatus?> ReconcileAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
        {
            if (scope.Method == HandlerMethods.Create)
            {
                await new Context(scope).ApplyAsync(
                    new V1ConfigMap { Metadata = new V1ObjectMeta { Name = scope.Resource.Metadata.Name }, Data = new Dictionary<string, string> { ["image"] = scope.Resource.Spec.Image } },
                    cancellationToken);
            }

            return new SimpleAppStatus();
        }

        public Task DeleteAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Goes to the thread pool, from where runs do not repeat.</summary>
    private sealed class WanderingHandler : IResourceHandler<SimpleApp>
    {
        public async Task<ResourceStatus?> ReconcileAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
        {
            var gone = new ManualResetEventSlim();
            var work = Task.Run(gone.Set, cancellationToken);
            gone.Wait(cancellationToken);
            await work.ContinueWith(static _ => Thread.Sleep(1), cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
            await new Context(scope).ApplyAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a" } }, cancellationToken);
            return new SimpleAppStatus();
        }

        public Task DeleteAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Waits until it times out, and then a thread of the pool goes on when the simulation's virtual time is long over.</summary>
    private sealed class LateHandler : IResourceHandler<SimpleApp>
    {
        public async Task<ResourceStatus?> ReconcileAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Thread.Sleep(100);
            return new SimpleAppStatus();
        }

        public Task DeleteAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Waits for something that never comes, and does not look at its token.</summary>
    private sealed class StuckHandler : IResourceHandler<SimpleApp>
    {
        public async Task<ResourceStatus?> ReconcileAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.ConfigureAwait(false);
            return new SimpleAppStatus();
        }

        public Task DeleteAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Waits for longer than a cluster has to be quiet to count as at rest.</summary>
    private sealed class PatientHandler : IResourceHandler<SimpleApp>
    {
        public async Task<ResourceStatus?> ReconcileAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken)
        {
            await new Context(scope).DelayAsync(TimeSpan.FromMinutes(1), cancellationToken);
            return new SimpleAppStatus();
        }

        public Task DeleteAsync(ReconcileScope<SimpleApp> scope, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
