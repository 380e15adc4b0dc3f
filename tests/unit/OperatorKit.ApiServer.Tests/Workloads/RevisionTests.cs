using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Workloads;

public sealed class RevisionTests
{
    private const string Apps = "/apis/apps/v1/namespaces/default";
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Theory]
    [InlineData("statefulsets")]
    [InlineData("daemonsets")]
    public async Task Each_template_is_kept_as_a_patch_that_brings_it_back(string resource)
    {
        await using var cluster = await StartAsync(resource);
        await SetImageAsync(cluster, resource, "i:2");
        var revisions = await RevisionsAsync(cluster);
        revisions.Select(static revision => revision.LongAt("revision")).ShouldBe([1, 2]);

        await cluster.SendAsync("PATCH", $"{Apps}/{resource}/web", revisions[0].ObjectAt("data")!.ToString(), mediaType: "application/strategic-merge-patch+json");
        await cluster.SettleAsync();

        (await cluster.ListAsync(Pods)).Select(Image).Distinct().ShouldBe(["i:1"]);
        (await RevisionsAsync(cluster)).Select(static revision => (revision.Name, revision.LongAt("revision"))).ShouldBe([(revisions[1].Name, 2), (revisions[0].Name, 3)]);
    }

    [Theory]
    [InlineData("statefulsets")]
    [InlineData("daemonsets")]
    public async Task Revisions_beyond_the_limit_go_from_the_oldest(string resource)
    {
        await using var cluster = await StartAsync(resource, "'revisionHistoryLimit':1,");
        foreach (var image in (string[])["i:2", "i:3", "i:4"])
            await SetImageAsync(cluster, resource, image);

        (await RevisionsAsync(cluster)).Select(static revision => revision.LongAt("revision")).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task Pods_below_the_partition_keep_to_the_revision_that_was_rolled_out()
    {
        await using var cluster = await StartAsync("statefulsets", "'replicas':2,'updateStrategy':{'rollingUpdate':{'partition':1}},");
        await SetImageAsync(cluster, "statefulsets", "i:2");

        await cluster.SendAsync("DELETE", $"{Pods}/web-0");
        await cluster.SettleAsync();

        (await cluster.ListAsync(Pods)).Select(static pod => $"{pod.Name} {Image(pod)}").ShouldBe(["web-0 i:1", "web-1 i:2"]);
    }

    [Fact]
    public async Task A_replication_controller_keeps_its_pods()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);

        await cluster.PostAsync("/api/v1/namespaces/default/replicationcontrollers", "{'metadata':{'name':'rc'},'spec':{'replicas':2,'selector':{'a':'b'},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
        await cluster.SettleAsync();

        (await cluster.GetAsync("/api/v1/namespaces/default/replicationcontrollers/rc")).LongAt("status", "readyReplicas").ShouldBe(2);
        (await cluster.ListAsync(Pods)).Select(static pod => (pod.ControllerReference?.ApiVersion, pod.ControllerReference?.Kind)).Distinct().ShouldBe([("v1", "ReplicationController")]);
    }

    private static async Task<Cluster> StartAsync(string resource, string spec = "")
    {
        var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Apps}/{resource}", $"{{'metadata':{{'name':'web'}},'spec':{{{spec}'selector':{{'matchLabels':{{'a':'b'}}}},'template':{{'metadata':{{'labels':{{'a':'b'}}}},'spec':{{'containers':[{{'name':'c','image':'i:1'}}]}}}}}}}}");
        await cluster.SettleAsync();
        return cluster;
    }

    private static async Task SetImageAsync(Cluster cluster, string resource, string image)
    {
        await cluster.MergeAsync($"{Apps}/{resource}/web", $"{{'spec':{{'template':{{'spec':{{'containers':[{{'name':'c','image':'{image}'}}]}}}}}}}}");
        await cluster.SettleAsync();
    }

    private static async Task<IReadOnlyList<JsonObject>> RevisionsAsync(Cluster cluster) =>
        [.. (await cluster.ListAsync($"{Apps}/controllerrevisions")).OrderBy(static revision => revision.LongAt("revision"))];

    private static string? Image(JsonObject pod) => pod.ArrayAt("spec", "containers")!.OfType<JsonObject>().Single().StringAt("image");
}
