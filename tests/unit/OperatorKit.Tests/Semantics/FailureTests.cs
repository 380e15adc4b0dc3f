using System.Net;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class FailureTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task A_handler_that_throws_is_tried_again_until_it_does_not()
    {
        await using var cluster = await Cluster.StartAsync();
        var left = 7;
        _handler.OnReconcile = (_, _, _) => left-- > 0
            ? throw new InvalidOperationException("boom")
            : Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        // More than the five tries after which KubeOps drops an entry; and a failed create stays a create.
        _handler.Calls.Count(call => call == "Create app").ShouldBe(8);
    }

    [Fact]
    public async Task The_status_of_a_failure_does_not_end_its_own_back_off_when_the_watch_is_first()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = static (scope, _, _) => scope.Resource.Metadata.Name == "app"
            ? throw new InvalidOperationException("boom")
            : Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        // By the time of a later object's run the watch has shown the status.
        cluster.Requests.OnTheWayBack = request => IsStatusOfApp(request) ? HandledAsync(cluster, "later") : Task.CompletedTask;
        await cluster.RunAsync(_handler, configure: static options => options.BackOffInitial = options.BackOffLimit = TimeSpan.FromHours(1));

        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(() => _handler.Calls.Contains("Create later"));
        await HandledAsync(cluster, "last");

        _handler.Calls.Count(static call => call == "Create app").ShouldBe(1);
    }

    [Fact]
    public async Task A_change_by_somebody_else_ends_the_back_off_though_it_comes_while_the_status_is_written()
    {
        await using var cluster = await Cluster.StartAsync();
        var isMended = false;
        _handler.OnReconcile = (scope, _, _) => scope.Resource.Metadata.Name == "app" && !isMended
            ? throw new InvalidOperationException("boom")
            : Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        cluster.Requests.OnTheWayBack = async request =>
        {
            if (!IsStatusOfApp(request) || isMended)
                return;
            isMended = true;
            await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"annotations":{"a":"b"}}}"""));
            await HandledAsync(cluster, "later");
        };
        await cluster.RunAsync(_handler, configure: static options => options.BackOffInitial = options.BackOffLimit = TimeSpan.FromHours(1));

        await cluster.CreateAsync("app");

        await cluster.UntilReadyAsync("app");
    }

    [Fact]
    public async Task A_failure_shows_in_the_condition_and_as_an_event()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (_, _, _) => throw new InvalidOperationException("no such disk");
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        var app = await cluster.UntilReadyAsync("app", "False");

        var ready = app!.Status!.Conditions.Single();
        (ready.Reason, ready.Message).ShouldBe(("HandlerFailed", "InvalidOperationException: no such disk"));
        app.Status.ObservedGeneration.ShouldBeNull();
        IReadOnlyList<string> events = [];
        while (events.Count == 0)
        {
            events = await cluster.EventsAsync();
        }

        events.ShouldBe(["Warning HandlerFailed: InvalidOperationException: no such disk"]);
    }

    [Fact]
    public async Task An_event_that_the_cluster_has_let_go_of_is_written_anew()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (_, context, _) =>
        {
            context.Event(EventType.Normal, "Seen", "It was seen.");
            return Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        };
        var host = await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await Cluster.UntilAsync(async () => (await cluster.EventsAsync()).Count == 1);
        var events = cluster.Client.Dynamic(new ResourceDefinition { Group = "events.k8s.io", Version = "v1", Kind = "Event", Plural = "events" }, Cluster.Namespace);
        await events.DeleteCollectionAsync();

        host.Enqueue<SimpleApp>("app", Cluster.Namespace);

        await Cluster.UntilAsync(async () => (await cluster.EventsAsync()).Count == 1);
        (await cluster.EventsAsync()).ShouldBe(["Normal Seen: It was seen."]);
    }

    [Fact]
    public async Task An_object_that_fails_for_ever_does_not_stop_the_others()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (scope, context, token) => scope.Resource.Metadata.Name == "bad"
            ? throw new InvalidOperationException("boom")
            : ScriptedHandler.EnsureAsync(scope, context, token);
        await cluster.RunAsync(_handler, configure: options => options.Concurrency = 1);

        await cluster.CreateAsync("bad");
        for (var i = 0; i < 20; i++)
        {
            await cluster.CreateAsync($"good-{i}");
        }

        for (var i = 0; i < 20; i++)
        {
            await cluster.UntilReadyAsync($"good-{i}");
        }
    }

    [Fact]
    public async Task A_terminal_failure_waits_for_the_spec_to_change()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (scope, _, _) => scope.Resource.Spec.Replicas > 5
            ? throw new TerminalException("At most 5.") { Reason = "too many" }
            : Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app", replicas: 6);
        var failed = await cluster.UntilReadyAsync("app", "False");
        failed!.Status!.Conditions.Single().Reason.ShouldBe("TooMany");
        await cluster.Apps.PatchAsync("app", Patch.Merge("""{"metadata":{"labels":{"a":"b"}}}"""));
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");
        _handler.Calls.Count(call => call == "Create app").ShouldBe(1);

        await cluster.ScaleAsync("app", 5);
        await cluster.UntilReadyAsync("app");
    }

    [Fact]
    public async Task A_temporary_failure_is_shown_and_tried_again_after_the_time_that_it_names()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        var isThere = false;
        _handler.OnReconcile = (_, _, _) => isThere
            ? Task.FromResult<ResourceStatus?>(new SimpleAppStatus())
            : throw new TemporaryException("No database yet.") { RetryAfter = TimeSpan.FromMinutes(7), Reason = "NoDatabase" };
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        var failed = await cluster.UntilReadyAsync("app", "False");
        (failed!.Status!.Conditions.Single().Reason, failed.Status.Conditions.Single().Message).ShouldBe(("NoDatabase", "No database yet."));
        await Cluster.UntilAsync(() => time.IsAwaited(time.GetUtcNow() + TimeSpan.FromMinutes(7)));
        isThere = true;
        time.Advance(TimeSpan.FromMinutes(7));

        await cluster.UntilReadyAsync("app");
    }

    [Fact]
    public async Task A_conflict_is_tried_again_at_once_and_is_no_failure()
    {
        await using var cluster = await Cluster.StartAsync();
        var left = 2;
        _handler.OnReconcile = (_, _, _) => left-- > 0
            ? throw new ConflictException("someone was faster")
            : Task.FromResult<ResourceStatus?>(new SimpleAppStatus());
        await cluster.RunAsync(_handler, configure: options => options.BackOffInitial = options.BackOffLimit = TimeSpan.FromHours(1));

        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");

        (await cluster.EventsAsync()).ShouldBeEmpty();
        cluster.Requests.Writes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_that_stays_is_a_failure()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.Client.Resource<V1ConfigMap>(Cluster.Namespace).ApplyAsync(Settings("theirs"), new ApplyOptions { FieldManager = "another" });
        _handler.OnReconcile = async (_, context, token) =>
        {
            await context.Client.Resource<V1ConfigMap>(Cluster.Namespace).ApplyAsync(Settings("ours"), new ApplyOptions { FieldManager = "operator" }, token);
            return null;
        };
        await cluster.RunAsync(_handler, configure: options => options.BackOffInitial = options.BackOffLimit = TimeSpan.FromHours(1));

        await cluster.CreateAsync("app");
        var app = await cluster.UntilReadyAsync("app", "False");

        var ready = app!.Status!.Conditions.Single();
        ready.Reason.ShouldBe("Conflict");
        ready.Message!.ShouldContain("conflict with \"another\": .data.mode");
        _handler.Calls.Count(call => call == "Create app").ShouldBeInRange(4, 5);

        static V1ConfigMap Settings(string mode) => new() { Metadata = new V1ObjectMeta { Name = "settings" }, Data = new Dictionary<string, string> { ["mode"] = mode } };
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_is_left_out_and_the_others_are_served()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.CreateAsync("good");
        await CreateUnreadableAsync(cluster, "unreadable");
        await cluster.RunAsync(_handler);

        await cluster.UntilReadyAsync("good");
        await CreateUnreadableAsync(cluster, "unreadable-too");
        await cluster.CreateAsync("later");
        await cluster.UntilReadyAsync("later");

        _handler.Calls.ShouldNotContain(call => call.Contains("unreadable"));
    }

    [Fact]
    public async Task An_object_that_can_no_longer_be_read_is_as_good_as_gone_until_it_can()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await PatchRawAsync(cluster, "app", 3_000_000_000);
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker");
        // How often it was called before is open: a watch may show the own writes sooner than their answers come.
        var before = _handler.Calls.Count(IsOfApp);
        host.Enqueue<SimpleApp>("app", Cluster.Namespace);
        await cluster.CreateAsync("another");
        await cluster.UntilReadyAsync("another");
        _handler.Calls.Count(IsOfApp).ShouldBe(before);

        await PatchRawAsync(cluster, "app", 3);

        await cluster.UntilAsync<OperatorKit.Models.V1ReplicaSet>("app-replicaset", child => child?.Spec?.Replicas == 3);

        static bool IsOfApp(string call) => call.EndsWith(" app", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deletion_of_an_object_that_cannot_be_read_is_noticed()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        await PatchRawAsync(cluster, "app", 3_000_000_000);
        using (var http = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address })
        {
            (await http.DeleteAsync("apis/example.com/v1/namespaces/default/simpleapps/app")).EnsureSuccessStatusCode();
        }

        await cluster.CreateAsync("app", replicas: 2);

        await cluster.UntilReadyAsync("app");
        _handler.Calls.Count(call => call == "Create app").ShouldBe(2);
    }

    [Fact]
    public async Task A_terminal_failure_is_tried_once_more_after_a_restart()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = (_, _, _) => throw new TerminalException("Never.") { Reason = "Never" };
        var host = await cluster.RunAsync(_handler);
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app", "False");
        await host.DisposeAsync();
        var before = _handler.Calls.Count;

        await cluster.RunAsync(_handler);
        await cluster.CreateAsync("marker");
        await cluster.UntilReadyAsync("marker", "False");
        await Cluster.UntilAsync(() => _handler.Calls.Count >= before + 2);

        _handler.Calls.Skip(before).Count(call => call == "Create app").ShouldBe(1);
    }

    [Fact]
    public async Task A_burst_of_server_errors_delays_and_loses_nothing()
    {
        await using var cluster = await Cluster.StartAsync();
        var left = 10;
        cluster.Requests.Intercept = request => request.Method == HttpMethod.Patch && Interlocked.Decrement(ref left) >= 0
            ? new HttpResponseMessage(left % 2 == 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.TooManyRequests) { Content = new StringContent("") }
            : null;
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");

        await cluster.UntilReadyAsync("app");
    }

    private static async Task PatchRawAsync(Cluster cluster, string name, long replicas)
    {
        using var http = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        using var body = new StringContent($$$"""{"spec":{"replicas":{{{replicas}}}}}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        (await http.PatchAsync($"apis/example.com/v1/namespaces/default/simpleapps/{name}", body)).EnsureSuccessStatusCode();
    }

    // The CRD of these tests allows numbers that the type cannot hold.
    private static async Task CreateUnreadableAsync(Cluster cluster, string name)
    {
        using var http = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        using var body = new StringContent(
            $$$"""{"apiVersion":"example.com/v1","kind":"SimpleApp","metadata":{"name":"{{{name}}}"},"spec":{"replicas":3000000000}}""",
            System.Text.Encoding.UTF8,
            "application/json");
        (await http.PostAsync("apis/example.com/v1/namespaces/default/simpleapps", body)).EnsureSuccessStatusCode();
    }

    private static bool IsStatusOfApp(HttpRequestMessage request) =>
        request.Method == HttpMethod.Patch && request.RequestUri!.AbsolutePath.EndsWith("/app/status", StringComparison.Ordinal);

    private async Task HandledAsync(Cluster cluster, string name)
    {
        await cluster.CreateAsync(name);
        await Cluster.UntilAsync(() => _handler.Calls.Contains($"Create {name}"));
    }
}
