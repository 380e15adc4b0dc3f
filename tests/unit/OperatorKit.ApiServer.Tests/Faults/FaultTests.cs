using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Faults;

public sealed class FaultTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_takes_effect_as_often_as_it_says()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(request => request is { Verb: "create", Resource: "configmaps" }, Fault.Conflict()) { Times = 1 });

        (await CreateAsync(cluster, "a")).StringAt("reason").ShouldBe("Conflict");
        (await CreateAsync(cluster, "a")).Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_rule_that_is_disposed_is_over()
    {
        await using var cluster = await Cluster.StartAsync();

        using (cluster.Server.Faults.Add(new(_ => true, Fault.Status(503, "ServiceUnavailable"))))
            (await cluster.GetAsync(ConfigMaps)).LongAt("code").ShouldBe(503);

        (await cluster.GetAsync(ConfigMaps)).StringAt("kind").ShouldBe("ConfigMapList");
    }

    [Fact]
    public async Task A_dropped_request_is_not_carried_out()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(request => request.Verb == "create", Fault.Drop()) { Times = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => CreateAsync(cluster, "a"));

        (await cluster.GetAsync($"{ConfigMaps}/a")).LongAt("code").ShouldBe(404);
    }

    [Fact]
    public async Task A_request_whose_answer_is_lost_was_carried_out()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(request => request.Verb == "create", Fault.LoseAnswer()) { Times = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => CreateAsync(cluster, "a"));

        (await cluster.GetAsync($"{ConfigMaps}/a")).Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_truncated_answer_breaks_off()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(request => request.Verb == "list", Fault.Truncate(10)) { Times = 1 });

        await Should.ThrowAsync<Exception>(() => cluster.GetAsync(ConfigMaps));
    }

    [Fact]
    public async Task A_delay_lasts_by_the_clock_of_the_server()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(request => request.Verb == "create", Fault.Delay(TimeSpan.FromMinutes(1))) { Times = 1 });

        var create = CreateAsync(cluster, "a");
        while (!create.IsCompleted)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        (await create).Name.ShouldBe("a");
        cluster.Time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(new DateTimeOffset(2030, 1, 1, 12, 1, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_stale_read_shows_what_was()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "a");
        await cluster.SettleAsync();
        await cluster.MergeAsync($"{ConfigMaps}/a", "{'data':{'k':'new'}}");
        cluster.Server.Faults.Add(new(request => request is { Verb: "get" or "list", Resource: "configmaps" }, Fault.Stale(1)) { Times = 2 });

        (await cluster.GetAsync($"{ConfigMaps}/a")).StringAt("data", "k").ShouldBeNull();
        (await cluster.ListAsync(ConfigMaps)).Single(map => map.Name == "a").StringAt("data", "k").ShouldBeNull();
        (await cluster.GetAsync($"{ConfigMaps}/a")).StringAt("data", "k").ShouldBe("new");
    }

    [Fact]
    public async Task A_stale_read_is_authorised_and_takes_the_form_that_is_asked_for()
    {
        var tokens = Path.GetTempFileName();
        await File.WriteAllTextAsync(tokens, "root,root,1,\"system:masters\"\nalice,alice,2\n", Cancelled);
        await using var cluster = await Cluster.StartAsync(tokenFile: tokens);
        File.Delete(tokens);
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'}}", "root");
        cluster.Server.Faults.Add(new(request => request.Verb == "get", Fault.Stale(0)));

        (await cluster.GetAsync($"{ConfigMaps}/a", "alice")).LongAt("code").ShouldBe(403);
        (await cluster.SendAsync("GET", $"{ConfigMaps}/a", token: "root", headers: ("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")))
            .StringAt("kind").ShouldBe("PartialObjectMetadata");
    }

    [Fact]
    public async Task An_answer_that_is_made_up_speaks_the_language_of_the_client()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(_ => true, Fault.Status(503, "ServiceUnavailable")));
        using var client = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        client.DefaultRequestHeaders.Add("Accept", "application/yaml");

        using var answer = await client.GetAsync(ConfigMaps, Cancelled);

        ((int)answer.StatusCode).ShouldBe(503);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/yaml");
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("reason: ServiceUnavailable");
    }

    [Fact]
    public async Task Events_of_a_watch_are_lost_doubled_and_swapped()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Faults.Add(new(request => request.Verb == "watch", Fault.Watch(change => change.Name switch
        {
            "lost" => WatchAction.Lose,
            "twice" => WatchAction.Duplicate,
            "late" => WatchAction.Postpone,
            "end" => WatchAction.Disconnect,
            _ => WatchAction.Send,
        })));
        await using var watch = await cluster.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={cluster.Server.Revision}");

        foreach (var name in (string[])["lost", "twice", "late", "plain"])
            await CreateAsync(cluster, name);

        (await watch.NamesAsync(4)).ShouldBe(["twice", "twice", "plain", "late"]);
        await CreateAsync(cluster, "end");
        (await watch.NamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_server_refuses_breaks_watches_and_comes_back_with_its_state()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "a");
        await using var watch = await cluster.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={cluster.Server.Revision}");

        await cluster.Server.StopAsync();
        (await watch.NamesAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<HttpRequestException>(() => cluster.GetAsync(ConfigMaps));

        await cluster.Server.StartAgainAsync(cancellationToken: Cancelled);
        (await cluster.GetAsync($"{ConfigMaps}/a")).Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_server_that_forgets_begins_anew_at_the_same_address()
    {
        await using var cluster = await Cluster.StartAsync(configure: options => options with { Listen = true });
        await CreateAsync(cluster, "a");
        var address = cluster.Server.Address;

        await cluster.Server.StopAsync();
        await cluster.Server.StartAgainAsync(forget: true, Cancelled);

        cluster.Server.Address.ShouldBe(address);
        (await cluster.GetAsync($"{ConfigMaps}/a")).LongAt("code").ShouldBe(404);
        (await cluster.GetAsync("/api/v1/namespaces/default")).Name.ShouldBe("default");
    }

    private static Task<JsonObject> CreateAsync(Cluster cluster, string name) =>
        cluster.PostAsync(ConfigMaps, $"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'{name}'}}}}");
}
