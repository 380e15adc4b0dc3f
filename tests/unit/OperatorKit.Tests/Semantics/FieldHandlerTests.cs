using System.Collections.Concurrent;
using OperatorKit.Client;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class FieldHandlerTests
{
    private readonly ScriptedHandler _handler = new();
    private readonly ConcurrentQueue<string> _seen = new();

    [Fact]
    public async Task A_field_handler_sees_the_old_and_the_new_value_of_its_member_and_nothing_else()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler, hooks: [Replicas("Scale"), Image("Roll")]);

        await cluster.CreateAsync("app", replicas: 1);
        await cluster.UntilReadyAsync("app");
        await cluster.ScaleAsync("app", 3);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);
        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"labels":{"a":"b"}}}"""));
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");

        _seen.Where(call => !call.Contains("marker")).ShouldBe(["Scale app: ? -> 1", "Roll app: ? -> nginx:1.27", "Scale app: 1 -> 3"]);
    }

    [Fact]
    public async Task Field_handlers_fail_and_succeed_each_on_its_own()
    {
        await using var cluster = await Cluster.StartAsync();
        var left = 2;
        await cluster.RunAsync(
            _handler,
            HandlerMethods.Create | HandlerMethods.Update,
            hooks: [Image("Fails", _ => left-- > 0 ? throw new InvalidOperationException("no disk") : null), Replicas("Scale")]);

        await cluster.CreateAsync("app");
        var failed = await cluster.UntilReadyAsync("app", "False");
        failed!.Status!.Conditions.Single().Message.ShouldBe("Fails: InvalidOperationException: no disk");
        failed.Status.ObservedGeneration.ShouldBeNull();
        await cluster.UntilReadyAsync("app");

        _seen.Count(call => call.StartsWith("Fails")).ShouldBe(3);
        _seen.Count(call => call.StartsWith("Scale")).ShouldBe(1);
        _handler.Calls.Count(call => call == "Create app").ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_in_a_field_handler_is_tried_again_at_once_and_is_no_failure()
    {
        await using var cluster = await Cluster.StartAsync();
        var left = 3;
        var versions = new ConcurrentQueue<string>();
        _handler.OnReconcile = static (_, _, _) => Task.FromResult<ResourceStatus?>(new SimpleAppStatus { ReadyReplicas = 7 });
        await cluster.RunAsync(
            _handler,
            HandlerMethods.Create | HandlerMethods.Update,
            configure: static options => options.BackOffInitial = options.BackOffLimit = TimeSpan.FromHours(1),
            hooks: [Image("Conflicts", _ => left-- > 0 ? throw new ConflictException("someone was faster") : null), Replicas("Scale")]);
        await cluster.CreateAsync("app");

        var app = await cluster.UntilAsync<SimpleApp>("app", app =>
        {
            versions.Enqueue(string.Join(' ', app?.Status?.Conditions.Select(static condition => $"{condition.Type}={condition.Status}") ?? []));
            return app?.Status?.ObservedGeneration == 1;
        });

        app!.Status!.ReadyReplicas.ShouldBe(7);
        versions.ShouldNotContain("Ready=False");
        (await cluster.EventsAsync()).ShouldBeEmpty();
        (_seen.Count(call => call.StartsWith("Conflicts")), _seen.Count(call => call.StartsWith("Scale")), _handler.Calls.Count(call => call == "Create app")).ShouldBe((4, 1, 1));
    }

    [Fact]
    public async Task A_conflict_in_a_field_handler_that_stays_is_a_failure()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(
            _handler,
            configure: static options => options.BackOffInitial = options.BackOffLimit = TimeSpan.FromHours(1),
            hooks: Image("Conflicts", _ => throw new ConflictException("it is another's")));

        await cluster.CreateAsync("app");
        var app = await cluster.UntilReadyAsync("app", "False");

        (app!.Status!.Conditions.Single().Reason, _seen.Count).ShouldBe(("Conflict", 4));
    }

    [Fact]
    public async Task A_field_handler_that_gave_up_is_shown_until_its_member_changes()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler, hooks: Replicas("Scale", app => app.Spec.Replicas > 5 ? throw new TerminalException("At most 5.") { Reason = "TooMany" } : null));

        await cluster.CreateAsync("app", replicas: 6);
        await cluster.UntilReadyAsync("app", "False");
        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"spec":{"image":"nginx:1.28"}}"""));
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Update app"));
        await cluster.UntilReadyAsync("app", "False");
        _seen.Count.ShouldBe(1);

        await cluster.ScaleAsync("app", 5);
        await cluster.UntilReadyAsync("app");
        _seen.Last().ShouldBe("Scale app: 6 -> 5");
    }

    [Fact]
    public async Task Each_field_handler_sees_the_status_of_those_before_it_and_one_write_has_it_all()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(
            _handler,
            HandlerMethods.None,
            hooks:
            [
                Image("First", _ => new SimpleAppStatus { ReadyReplicas = 3 }),
                Replicas("Second", app => app.Status! with { ReadyReplicas = app.Status!.ReadyReplicas + 4 }),
            ]);

        await cluster.CreateAsync("app");
        var app = await cluster.UntilReadyAsync("app");

        app!.Status!.ReadyReplicas.ShouldBe(7);
        cluster.Requests.Writes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_member_that_changed_while_the_operator_was_down_is_handled_after_the_start_and_one_that_did_not_is_not()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler, hooks: Replicas("Scale"));
        await cluster.CreateAsync("changed");
        await cluster.CreateAsync("unchanged");
        await cluster.UntilReadyAsync("changed");
        await cluster.UntilReadyAsync("unchanged");
        await host.DisposeAsync();
        await cluster.ScaleAsync("changed", 2);
        _seen.Clear();

        await cluster.RunAsync(_handler, hooks: Replicas("Scale"));
        await cluster.UntilAsync<SimpleApp>("changed", app => app?.Status?.ObservedGeneration == 2);
        await cluster.ScaleAsync("unchanged", 4);
        await cluster.UntilAsync<SimpleApp>("unchanged", app => app?.Status?.ObservedGeneration == 2);

        _seen.ShouldBe(["Scale changed: ? -> 2", "Scale unchanged: 1 -> 4"], ignoreOrder: true);
    }

    private Hook<SimpleApp> Replicas(string name, Func<SimpleApp, ResourceStatus?>? returns = null) => Field(name, app => app.Spec.Replicas, returns);

    private Hook<SimpleApp> Image(string name, Func<SimpleApp, ResourceStatus?>? returns = null) => Field(name, app => app.Spec.Image, returns);

    private Hook<SimpleApp> Field<T>(string name, Func<SimpleApp, T> select, Func<SimpleApp, ResourceStatus?>? returns) => Hook.OnChange<SimpleApp>(
        name,
        (previous, current) => FieldChange.Between(previous, current, select).Changed,
        (_, scope, _) =>
        {
            _seen.Enqueue($"{name} {scope.Resource.Metadata.Name}: {FieldChange.Between(scope.Previous, scope.Resource, select)}");
            return Task.FromResult(returns?.Invoke(scope.Resource));
        });
}
