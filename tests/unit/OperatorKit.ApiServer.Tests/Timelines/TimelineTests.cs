namespace OperatorKit.ApiServer.Tests.Timelines;

public sealed class TimelineTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task It_tells_requests_versions_and_what_changed()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.SettleAsync();
        cluster.Server.Timeline.Clear();

        await cluster.PostAsync(ConfigMaps, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'k':'1','old':'x'}}");
        await cluster.MergeAsync($"{ConfigMaps}/a", "{'data':{'k':'2','old':null}}");
        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a");

        var revision = cluster.Server.Revision;
        cluster.Server.Timeline.ToString().ShouldBe(
            $"""
            12:00:00.000 #1 POST {ConfigMaps}: 201 in 0 ms
            12:00:00.000 @{revision - 2} Added configmaps default/a
            12:00:00.000 #2 PATCH {ConfigMaps}/a: 200 in 0 ms
            12:00:00.000 @{revision - 1} Modified configmaps default/a: data.k: "1" -> "2"; data.old removed
            12:00:00.000 #3 DELETE {ConfigMaps}/a: 200 in 0 ms
            12:00:00.000 @{revision} Deleted configmaps default/a

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task It_keeps_the_last_entries()
    {
        await using var cluster = await Cluster.StartAsync(configure: options => options with { TimelineLength = 2 });

        for (var i = 0; i < 3; i++)
            await cluster.GetAsync(ConfigMaps);

        cluster.Server.Timeline.Entries.Select(entry => entry.Text[..2]).ShouldBe(["#2", "#3"]);
    }

    [Fact]
    public async Task The_past_can_be_looked_at()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'k':'1'}}");
        await cluster.SettleAsync();
        var then = cluster.Server.At(cluster.Server.Revision);
        await cluster.MergeAsync($"{ConfigMaps}/a", "{'data':{'k':'2'}}");

        Document.Object(then.Get("", "configmaps", "default", "a")!).StringAt("data", "k").ShouldBe("1");
        then.List("", "configmaps", "default").Count.ShouldBe(2);
        cluster.Server.At(then.Revision + 1).Get("", "configmaps", "default", "a")!.ShouldContain("\"k\":\"2\"");
        Should.Throw<InvalidOperationException>(() => then.Get("", "widgets", null, "a")).Message.ShouldContain("does not serve widgets");
    }
}
