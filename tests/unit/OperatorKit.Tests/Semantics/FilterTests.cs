using OperatorKit.Client;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class FilterTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task An_object_that_does_not_match_is_left_alone_until_it_does()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler, hooks: Hook.When<SimpleApp>(HandlerMethods.All, static (_, app) => app.HasAnnotation("managed")));
        await cluster.CreateAsync("app");
        await cluster.CreateAsync("marker");
        await AnnotateAsync(cluster, "marker", "\"yes\"");
        await cluster.UntilReadyAsync("marker");
        _handler.Calls.ShouldNotContain("Create app");

        await AnnotateAsync(cluster, "app", "\"yes\"");

        await cluster.UntilReadyAsync("app");
    }

    [Fact]
    public async Task What_was_handled_is_cleaned_up_even_if_it_no_longer_matches()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(
            _handler, HandlerMethods.Create | HandlerMethods.Delete, hooks: Hook.When<SimpleApp>(HandlerMethods.All, static (_, app) => app.HasAnnotation("managed", "yes")));
        await cluster.CreateAsync("app");
        await AnnotateAsync(cluster, "app", "\"yes\"");
        await cluster.UntilReadyAsync("app");
        await AnnotateAsync(cluster, "app", "null");

        await cluster.Apps.DeleteAsync("app");
        await cluster.UntilAsync<SimpleApp>("app", app => app is null);

        _handler.Calls.ShouldContain("Delete app");
    }

    [Fact]
    public async Task A_method_that_does_not_concern_an_object_counts_as_not_overridden()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(
            _handler,
            HandlerMethods.Create | HandlerMethods.Reconcile | HandlerMethods.Delete,
            hooks: Hook.When<SimpleApp>(HandlerMethods.Create | HandlerMethods.Delete, static (_, app) => app.Spec.Replicas > 1));

        await cluster.CreateAsync("small", replicas: 1);
        await cluster.CreateAsync("large", replicas: 2);
        var small = await cluster.UntilReadyAsync("small");
        var large = await cluster.UntilReadyAsync("large");

        _handler.Calls.ShouldContain("Create large");
        _handler.Calls.ShouldNotContain("Create small");
        small!.Metadata.Finalizers.ShouldBeNull();
        large!.Metadata.Finalizers.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_filter_sees_the_object_as_it_was_handled_last()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(
            _handler,
            hooks: Hook.When<SimpleApp>(HandlerMethods.Update, static (previous, app) => previous is null || app.Spec.Replicas > previous.Spec.Replicas));
        await cluster.CreateAsync("app", replicas: 3);
        await cluster.UntilReadyAsync("app");

        await cluster.ScaleAsync("app", 2);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);
        _handler.Calls.ShouldNotContain("Update app");
        await cluster.ScaleAsync("app", 5);
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 3);

        _handler.Calls.ShouldContain("Update app");
    }

    [Fact]
    public async Task A_filter_that_throws_fails_its_object_alone()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(
            _handler,
            hooks: Hook.When<SimpleApp>(HandlerMethods.All, static (_, app) => app.Metadata.Name != "bad" || app.Spec.Replicas < 5 ? true : throw new InvalidOperationException("boom")));
        await cluster.CreateAsync("bad", replicas: 6);
        await cluster.UntilReadyAsync("bad", "False");
        await cluster.CreateAsync("good");
        await cluster.UntilReadyAsync("good");

        await cluster.ScaleAsync("bad", 1);

        await cluster.UntilReadyAsync("bad");
    }

    [Fact]
    public async Task Resume_is_called_once_for_what_was_there_before_the_start_and_never_for_what_is_new()
    {
        const HandlerMethods Methods = HandlerMethods.Create | HandlerMethods.Resume | HandlerMethods.Reconcile;
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler, Methods);
        await cluster.CreateAsync("old");
        await cluster.UntilReadyAsync("old");
        await host.DisposeAsync();
        _handler.Calls.Clear();

        host = await cluster.RunAsync(_handler, Methods);
        await cluster.CreateAsync("new");
        await cluster.UntilReadyAsync("new");
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Resume old"));
        host.Enqueue<SimpleApp>("old", Cluster.Namespace);
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Reconcile old"));

        _handler.Calls.Count(call => call == "Resume old").ShouldBe(1);
        _handler.Calls.ShouldNotContain("Resume new");
    }

    private static Task AnnotateAsync(Cluster cluster, string name, string value) =>
        cluster.Apps.PatchAsync(name, Patch.Merge("""{"metadata":{"annotations":{"managed":VALUE}}}""".Replace("VALUE", value, StringComparison.Ordinal)));
}
