using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Quotas;

public sealed class LimitRangeTests
{
    private const string Core = "/api/v1/namespaces/default";

    [Fact]
    public async Task Containers_get_the_amounts_that_they_leave_open()
    {
        await using var cluster = await StartAsync("{'type':'Container','default':{'cpu':'1','memory':'1Gi'},'defaultRequest':{'cpu':'500m'}}");

        var pod = await cluster.PostAsync($"{Core}/pods", "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i','resources':{'limits':{'memory':'2Gi'},'requests':{'memory':'1Gi'}}}]}}");

        pod.ArrayAt("spec", "containers")!.OfType<JsonObject>().Single().ObjectAt("resources").ShouldBe(Document.Object("{'limits':{'cpu':'1','memory':'2Gi'},'requests':{'cpu':'500m','memory':'1Gi'}}"));
        pod.StringAt("metadata", "annotations", "kubernetes.io/limit-ranger").ShouldBe("LimitRanger plugin set: cpu request for container c; cpu limit for container c");
        pod.StringAt("status", "qosClass").ShouldBe("Burstable");
    }

    [Theory]
    [InlineData("{'type':'Container','max':{'cpu':'1'}}", "{'limits':{'cpu':'2'}}", "maximum cpu usage per Container is 1, but limit is 2")]
    [InlineData("{'type':'Container','min':{'cpu':'1'}}", "{'requests':{'cpu':'500m'}}", "minimum cpu usage per Container is 1, but request is 500m")]
    [InlineData("{'type':'Pod','max':{'memory':'1Gi'}}", "{}", "maximum memory usage per Pod is 1Gi.  No limit is specified")]
    [InlineData("{'type':'Pod','min':{'memory':'1Gi'}}", "{}", "minimum memory usage per Pod is 1Gi.  No request is specified")]
    [InlineData("{'type':'Container','maxLimitRequestRatio':{'cpu':'2'}}", "{'limits':{'cpu':'3'},'requests':{'cpu':'1'}}", "cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000")]
    [InlineData("{'type':'Pod','maxLimitRequestRatio':{'cpu':'2'}}", "{}", "cpu max limit to request ratio per Pod is 2, but no request is specified or request is 0")]
    public async Task Pods_outside_the_bounds_are_refused(string limit, string resources, string why)
    {
        await using var cluster = await StartAsync(limit);

        var refused = await cluster.PostAsync($"{Core}/pods", $"{{'metadata':{{'generateName':'p-'}},'spec':{{'containers':[{{'name':'c','image':'i','resources':{resources}}}]}}}}");

        refused.LongAt("code").ShouldBe(403);
        refused.StringAt("message")!.ShouldEndWith($" is forbidden: {why}");
    }

    [Fact]
    public async Task Claims_outside_the_bounds_are_refused()
    {
        await using var cluster = await StartAsync("{'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'2Gi'}}");

        var refused = await cluster.PostAsync($"{Core}/persistentvolumeclaims", "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'3Gi'}}}}");

        refused.StringAt("message").ShouldBe("persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi");
    }

    private static async Task<Cluster> StartAsync(string limit)
    {
        var cluster = await Cluster.StartAsync();
        await cluster.PostAsync($"{Core}/limitranges", $"{{'metadata':{{'name':'l'}},'spec':{{'limits':[{limit}]}}}}");
        return cluster;
    }
}
