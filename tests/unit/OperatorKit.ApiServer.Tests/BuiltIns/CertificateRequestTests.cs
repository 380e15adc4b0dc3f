using System.Text;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class CertificateRequestTests
{
    private const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    private static string Request(string more = "") =>
        $"{{'metadata':{{'name':'r'}},'spec':{{'signerName':'a.b/c','usages':['client auth'],'request':'{Convert.ToBase64String(Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE REQUEST-----"))}'{more}}}}}";

    [Fact]
    public async Task It_carries_who_made_it_and_not_who_it_says()
    {
        await using var cluster = await Cluster.StartAsync();

        var request = await cluster.PostAsync(Requests, Request(",'username':'somebody','groups':['x']"));

        request.StringAt("spec", "username").ShouldNotBe("somebody");
        request.ObjectAt("spec")!.Strings("groups").ShouldContain("system:masters");
        request.At("metadata", "managedFields").ShouldBeNull();
    }

    [Fact]
    public async Task An_approval_gets_its_times_and_changes_the_conditions_alone()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Requests, Request());

        var approved = await cluster.MergeAsync(Requests + "/r/approval", "{'spec':{'usages':['any']},'status':{'certificate':'eA==','conditions':[{'type':'Approved','status':'True','reason':'r'}]}}");

        var condition = approved.ObjectAt("status")!.Objects("conditions").Single();
        condition.StringAt("lastTransitionTime").ShouldNotBeNull();
        condition.StringAt("lastUpdateTime").ShouldNotBeNull();
        approved.At("status", "certificate").ShouldBeNull();
        approved.ObjectAt("spec")!.Strings("usages").ShouldBe(["client auth"]);
    }

    [Fact]
    public async Task It_stands_as_it_was_made()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Requests, Request());

        var changed = await cluster.MergeAsync(Requests + "/r", "{'metadata':{'labels':{'a':'b'}},'spec':{'usages':['any']}}");

        changed.StringAt("metadata", "labels", "a").ShouldBe("b");
        changed.ObjectAt("spec")!.Strings("usages").ShouldBe(["client auth"]);
    }
}
