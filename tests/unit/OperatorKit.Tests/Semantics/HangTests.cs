using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class HangTests
{
    private readonly ManualTime _time = new();
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task A_handler_that_hangs_is_given_up_on_and_its_object_tried_again()
    {
        await using var cluster = await Cluster.StartAsync(time: _time);
        var never = new TaskCompletionSource<ResourceStatus?>();
        _handler.OnReconcile = (_, _, _) => _handler.Calls.Count == 1 ? never.Task : Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => _handler.Calls.Count == 1);
        var failed = cluster.UntilReadyAsync("app", "False");
        await _time.AdvanceUntilAsync(() => failed.IsCompleted, TimeSpan.FromSeconds(30));

        (await failed)!.Status!.Conditions.Single().Reason.ShouldBe("TimedOut");
        var ready = cluster.UntilReadyAsync("app");
        await _time.AdvanceUntilAsync(() => ready.IsCompleted, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_handler_that_hangs_does_not_stop_the_others()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = async (scope, _, token) =>
        {
            if (scope.Resource.Metadata.Name == "hangs")
                await Task.Delay(Timeout.Infinite, token);
            return new SimpleAppStatus();
        };
        await cluster.RunAsync(_handler, configure: options => options.Concurrency = 2);

        await cluster.CreateAsync("hangs");
        await Cluster.UntilAsync(() => !_handler.Calls.IsEmpty);
        for (var i = 0; i < 5; i++)
        {
            await cluster.CreateAsync($"app-{i}");
            await cluster.UntilReadyAsync($"app-{i}");
        }
    }

    [Fact]
    public async Task A_handler_that_hung_does_not_keep_its_object_from_being_deleted()
    {
        await using var cluster = await Cluster.StartAsync(time: _time);
        _handler.OnReconcile = (_, _, token) => Task.Delay(Timeout.Infinite, token).ContinueWith(ResourceStatus? (_) => null, token);
        await cluster.RunAsync(_handler, HandlerMethods.Create | HandlerMethods.Delete);
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => !_handler.Calls.IsEmpty);

        await cluster.Apps.DeleteAsync("app");
        var gone = cluster.UntilAsync<SimpleApp>("app", app => app is null);
        await _time.AdvanceUntilAsync(() => gone.IsCompleted, TimeSpan.FromSeconds(30));

        await gone;
        _handler.Calls.Last().ShouldBe("Delete app");
    }

    [Fact]
    public async Task A_run_that_was_given_up_on_writes_nothing_more()
    {
        await using var cluster = await Cluster.StartAsync(time: _time);
        var go = new TaskCompletionSource();
        var late = new TaskCompletionSource<Exception?>();
        var runs = 0;
        _handler.OnReconcile = async (scope, context, _) =>
        {
            if (Interlocked.Increment(ref runs) > 1)
                return new SimpleAppStatus();
            await go.Task;
            late.SetResult(await Record.ExceptionAsync(() => ScriptedHandler.EnsureAsync(scope, context, CancellationToken.None)));
            return null;
        };
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => runs == 1);
        await _time.AdvanceUntilAsync(() => runs > 1, TimeSpan.FromSeconds(30));

        go.SetResult();

        (await late.Task).ShouldBeAssignableTo<OperationCanceledException>();
        (await cluster.ReplicaSets.ListAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_client_of_a_run_that_was_given_up_on_sends_nothing_more()
    {
        await using var cluster = await Cluster.StartAsync(time: _time);
        var go = new TaskCompletionSource();
        var hanging = new TaskCompletionSource();
        var late = new TaskCompletionSource<Exception?>();
        var runs = 0;
        _handler.OnReconcile = async (_, context, _) =>
        {
            if (Interlocked.Increment(ref runs) > 1)
                return new SimpleAppStatus();
            var maps = context.Client.Resource<V1ConfigMap>(Cluster.Namespace);
            await maps.CreateAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "early" } }, cancellationToken: CancellationToken.None);
            hanging.SetResult();
            await go.Task;
            late.SetResult(await Record.ExceptionAsync(
                () => maps.CreateAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "late" } }, cancellationToken: CancellationToken.None)));
            return null;
        };
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await hanging.Task;
        await _time.AdvanceUntilAsync(() => runs > 1, TimeSpan.FromSeconds(30));

        go.SetResult();

        (await late.Task).ShouldBeAssignableTo<OperationCanceledException>()!.Message.ShouldContain("sends nothing any more");
        (await cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace).ListAsync()).Select(map => map.Metadata!.Name).ShouldNotContain("late");
    }
}
