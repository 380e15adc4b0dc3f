using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Operations;

public sealed class ListTests
{
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    [Fact]
    public async Task Pages_come_from_one_snapshot()
    {
        await using var cluster = await SecretsAsync("a", "b", "c", "d", "e");

        var first = await cluster.GetAsync(Secrets + "?limit=2");
        await cluster.SendAsync("DELETE", Secrets + "/d");
        await cluster.PostAsync(Secrets, "{'metadata':{'name':'bb'}}");
        var second = await cluster.GetAsync($"{Secrets}?limit=2&continue={first.StringAt("metadata", "continue")}");

        Names(first).ShouldBe(["a", "b"]);
        first.LongAt("metadata", "remainingItemCount").ShouldBe(3);
        Names(second).ShouldBe(["c", "d"]);
        second.StringAt("metadata", "resourceVersion").ShouldBe(first.StringAt("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task A_page_of_a_compacted_snapshot_has_expired_and_says_how_to_go_on()
    {
        await using var cluster = await SecretsAsync("a", "b", "c");
        var first = await cluster.GetAsync(Secrets + "?limit=1");
        await cluster.PostAsync(Secrets, "{'metadata':{'name':'d'}}");
        cluster.Server.Compact();

        var expired = await cluster.GetAsync($"{Secrets}?limit=1&continue={first.StringAt("metadata", "continue")}");

        expired.LongAt("code").ShouldBe(410);
        expired.StringAt("reason").ShouldBe("Expired");
        Names(await cluster.GetAsync($"{Secrets}?continue={expired.StringAt("metadata", "continue")}")).ShouldBe(["b", "c", "d"]);
    }

    [Fact]
    public async Task An_exact_version_shows_the_past()
    {
        await using var cluster = await SecretsAsync("a", "b");
        var before = (await cluster.GetAsync(Secrets)).StringAt("metadata", "resourceVersion");
        await cluster.SendAsync("DELETE", Secrets + "/a");

        Names(await cluster.GetAsync($"{Secrets}?resourceVersion={before}&resourceVersionMatch=Exact")).ShouldBe(["a", "b"]);
        Names(await cluster.GetAsync($"{Secrets}?resourceVersion={before}")).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("resourceVersionMatch=Exact", 422)]
    [InlineData("resourceVersion=0&resourceVersionMatch=Exact", 422)]
    [InlineData("resourceVersion=abc", 400)]
    [InlineData("sendInitialEvents=true", 422)]
    [InlineData("continue=nonsense", 400)]
    [InlineData("labelSelector=a%20b", 400)]
    [InlineData("fieldSelector=spec.foo%3D1", 400)]
    [InlineData("limit=x", 400)]
    [InlineData("timeout=foo", 400)]
    public async Task Wrong_options_are_refused(string query, int code)
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.GetAsync($"{Secrets}?{query}")).LongAt("code").ShouldBe(code);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_selector()
    {
        await using var cluster = await SecretsAsync("a", "b", "c");
        await cluster.MergeAsync(Secrets + "/b", "{'metadata':{'labels':{'keep':'yes'}}}");

        Names(await cluster.SendAsync("DELETE", Secrets + "?labelSelector=!keep")).ShouldBe(["a", "c"]);

        Names(await cluster.GetAsync(Secrets)).ShouldBe(["b"]);
    }

    private static IEnumerable<string> Names(JsonObject list) =>
        list.ArrayAt("items")!.OfType<JsonObject>().Select(static item => item.StringAt("metadata", "name")!);

    private static async Task<Cluster> SecretsAsync(params string[] names)
    {
        var cluster = await Cluster.StartAsync();
        foreach (var name in names)
            await cluster.PostAsync(Secrets, $"{{'metadata':{{'name':'{name}'}}}}");
        return cluster;
    }
}
