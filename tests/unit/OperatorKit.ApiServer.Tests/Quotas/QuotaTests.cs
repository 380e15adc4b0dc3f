using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Quotas;

public sealed class QuotaTests
{
    private const string Core = "/api/v1/namespaces/default";

    [Fact]
    public async Task A_quota_counts_what_is_there_and_refuses_what_exceeds_it()
    {
        await using var cluster = await StartAsync("{'hard':{'pods':'2','requests.cpu':'1','count/configmaps':'2'}}");

        await cluster.PostAsync($"{Core}/pods", Pod("a", "600m"));
        var refused = await cluster.PostAsync($"{Core}/pods", Pod("b", "500m"));

        refused.LongAt("code").ShouldBe(403);
        refused.StringAt("reason").ShouldBe("Forbidden");
        refused.StringAt("message").ShouldBe("pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1");
        (await UsedAsync(cluster)).ShouldBe(Document.Object("{'count/configmaps':'1','pods':'1','requests.cpu':'600m'}"));
    }

    [Fact]
    public async Task What_goes_is_no_longer_counted()
    {
        await using var cluster = await StartAsync("{'hard':{'pods':'1'}}");
        await cluster.PostAsync($"{Core}/pods", Pod("a", "1"));
        (await cluster.PostAsync($"{Core}/pods", Pod("b", "1"))).LongAt("code").ShouldBe(403);

        await cluster.SendAsync("DELETE", $"{Core}/pods/a?gracePeriodSeconds=0");
        await cluster.SettleAsync();

        (await UsedAsync(cluster)).ShouldBe(Document.Object("{'pods':'0'}"));
        (await cluster.PostAsync($"{Core}/pods", Pod("b", "1"))).StringAt("kind").ShouldBe("Pod");
    }

    [Fact]
    public async Task A_service_that_becomes_a_node_port_is_counted_by_what_it_adds()
    {
        await using var cluster = await StartAsync("{'hard':{'services':'2','services.nodeports':'1'}}");
        await cluster.PostAsync($"{Core}/services", "{'metadata':{'name':'s'},'spec':{'ports':[{'name':'a','port':80},{'name':'b','port':81}]}}");

        var refused = await cluster.MergeAsync($"{Core}/services/s", "{'spec':{'type':'NodePort'}}");

        refused.StringAt("message").ShouldBe("services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1");
    }

    [Fact]
    public async Task Containers_have_to_name_what_a_quota_limits()
    {
        await using var cluster = await StartAsync("{'hard':{'limits.memory':'1Gi','requests.cpu':'1'}}");

        var refused = await cluster.PostAsync($"{Core}/pods", Pod("a", "1"));

        refused.StringAt("message").ShouldBe("pods \"a\" is forbidden: failed quota: q: must specify limits.memory for: c");
    }

    [Fact]
    public async Task Scopes_choose_the_pods_that_count()
    {
        await using var cluster = await StartAsync("{'hard':{'pods':'0'},'scopes':['Terminating']}");

        (await cluster.PostAsync($"{Core}/pods", Pod("a", "1"))).StringAt("kind").ShouldBe("Pod");
        var refused = await cluster.PostAsync($"{Core}/pods", "{'metadata':{'name':'b'},'spec':{'activeDeadlineSeconds':5,'containers':[{'name':'c','image':'i'}]}}");

        refused.StringAt("message").ShouldBe("pods \"b\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0");
    }

    [Fact]
    public async Task A_dry_run_counts_nothing()
    {
        await using var cluster = await StartAsync("{'hard':{'count/secrets':'1'}}");

        await cluster.PostAsync($"{Core}/secrets?dryRun=All", "{'metadata':{'name':'a'}}");

        (await cluster.PostAsync($"{Core}/secrets", "{'metadata':{'name':'a'}}")).StringAt("kind").ShouldBe("Secret");
    }

    private static async Task<Cluster> StartAsync(string spec)
    {
        var cluster = await Cluster.StartAsync(workloads: true);
        await cluster.PostAsync($"{Core}/resourcequotas", $"{{'metadata':{{'name':'q'}},'spec':{spec}}}");
        await cluster.SettleAsync();
        return cluster;
    }

    private static async Task<JsonObject> UsedAsync(Cluster cluster) => (await cluster.GetAsync($"{Core}/resourcequotas/q")).ObjectAt("status", "used")!;

    private static string Pod(string name, string cpu) =>
        $"{{'metadata':{{'name':'{name}'}},'spec':{{'containers':[{{'name':'c','image':'i','resources':{{'requests':{{'cpu':'{cpu}'}}}}}}]}}}}";
}
