using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Operations;

public sealed class WatchTests
{
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    [Fact]
    public async Task Changes_after_the_version_come_in_order()
    {
        await using var cluster = await Cluster.StartAsync();
        var made = await cluster.PostAsync(Secrets, "{'metadata':{'name':'a'}}");
        await using var watch = await Watch.StartAsync(cluster, $"{Secrets}?watch=true&resourceVersion={made.StringAt("metadata", "resourceVersion")}");

        await cluster.MergeAsync(Secrets + "/a", "{'stringData':{'k':'v'}}");
        await cluster.SendAsync("DELETE", Secrets + "/a");

        (await watch.NextAsync()).StringAt("type").ShouldBe("MODIFIED");
        var deleted = await watch.NextAsync();
        deleted.StringAt("type").ShouldBe("DELETED");
        deleted.StringAt("object", "data", "k").ShouldBe("dg==");
    }

    [Fact]
    public async Task A_selector_turns_changes_into_coming_and_going()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var watch = await Watch.StartAsync(cluster, Secrets + "?watch=true&labelSelector=in%3Dyes");

        await cluster.PostAsync(Secrets, "{'metadata':{'name':'a'}}");
        await cluster.MergeAsync(Secrets + "/a", "{'metadata':{'labels':{'in':'yes'}}}");
        await cluster.MergeAsync(Secrets + "/a", "{'metadata':{'labels':{'in':'no'}}}");

        (await watch.NextAsync()).StringAt("type").ShouldBe("ADDED");
        var left = await watch.NextAsync();
        left.StringAt("type").ShouldBe("DELETED");
        left.StringAt("object", "metadata", "labels", "in").ShouldBe("yes");
    }

    [Fact]
    public async Task A_streaming_list_ends_its_initial_events_with_a_bookmark()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Secrets, "{'metadata':{'name':'a'}}");

        await using var watch = await Watch.StartAsync(cluster, Secrets + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        (await watch.NextAsync()).StringAt("type").ShouldBe("ADDED");
        var bookmark = await watch.NextAsync();
        bookmark.StringAt("type").ShouldBe("BOOKMARK");
        bookmark.StringAt("object", "metadata", "annotations", "k8s.io/initial-events-end").ShouldBe("true");
    }

    [Fact]
    public async Task A_bookmark_comes_two_seconds_before_a_watch_ends_and_has_the_fields_that_its_kind_always_writes()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var watch = await Watch.StartAsync(cluster, "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles?watch=true&allowWatchBookmarks=true&timeoutSeconds=10");
        (await watch.NextAsync()).At("object", "rules").ShouldBe(JsonValue.Null);

        var next = watch.NextAsync();
        await cluster.AdvanceAsync(TimeSpan.FromSeconds(8));

        (await next).StringAt("type").ShouldBe("BOOKMARK");
        await cluster.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await watch.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Bookmarks_come_as_time_goes_by()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var watch = await Watch.StartAsync(cluster, $"{Secrets}?watch=true&allowWatchBookmarks=true");
        // Once this one is there, the time until the next has begun.
        (await watch.NextAsync()).At("object", "metadata", "annotations").ShouldNotBeNull();

        var next = watch.NextAsync();
        cluster.Time.Advance(TimeSpan.FromMinutes(1));

        var bookmark = await next;
        bookmark.StringAt("type").ShouldBe("BOOKMARK");
        bookmark.At("object", "metadata", "annotations").ShouldBeNull();
    }

    [Fact]
    public async Task A_version_that_was_compacted_is_expired()
    {
        await using var cluster = await Cluster.StartAsync();
        var made = await cluster.PostAsync(Secrets, "{'metadata':{'name':'a'}}");
        await cluster.PostAsync(Secrets, "{'metadata':{'name':'b'}}");
        cluster.Server.Compact();

        await using var watch = await Watch.StartAsync(cluster, $"{Secrets}?watch=true&resourceVersion={made.StringAt("metadata", "resourceVersion")}");

        var error = await watch.NextAsync();
        error.StringAt("type").ShouldBe("ERROR");
        error.LongAt("object", "code").ShouldBe(410);
        (await watch.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task All_watchers_see_the_same_in_the_same_order()
    {
        await using var cluster = await Cluster.StartAsync();
        var watches = new List<Watch>();
        for (var i = 0; i < 10; i++)
            watches.Add(await Watch.StartAsync(cluster, Secrets + "?watch=true&resourceVersion=0"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.PostAsync(Secrets, $"{{'metadata':{{'name':'s{i}'}}}}")));

        var seen = new List<string>();
        foreach (var watch in watches)
        {
            var versions = new List<long>();
            for (var i = 0; i < 20; i++)
                versions.Add(long.Parse((await watch.NextAsync()).StringAt("object", "metadata", "resourceVersion")!, System.Globalization.CultureInfo.InvariantCulture));
            versions.ShouldBeInOrder();
            seen.Add(string.Join(' ', versions));
            await watch.DisposeAsync();
        }

        seen.Distinct().ShouldHaveSingleItem();
    }
}
