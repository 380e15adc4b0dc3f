using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class FieldLabelTests
{
    private const string Events = "/api/v1/namespaces/default/events";
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Slices = "/apis/resource.k8s.io/v1/resourceslices";

    [Theory]
    [InlineData(Events, "{'metadata':{'name':'a'},'involvedObject':{'namespace':'default'},'source':{'component':'kubelet'}}", "source=kubelet", "source=scheduler")]
    [InlineData(Events, "{'metadata':{'name':'a'},'involvedObject':{'namespace':'default'},'reportingComponent':'scheduler'}", "source=scheduler", "source=kubelet")]
    [InlineData(Pods, "{'metadata':{'name':'a'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}]}}", "spec.host=n", "spec.host=m")]
    [InlineData(Slices, "{'metadata':{'name':'a'},'spec':{'driver':'d.e.com','nodeName':'n','pool':{'name':'p','generation':0,'resourceSliceCount':1}}}", "spec.driver=d.e.com,spec.nodeName=n", "spec.nodeName=m")]
    public async Task A_label_selects_by_what_it_stands_for(string path, string json, string matching, string other)
    {
        await using var cluster = await Cluster.StartAsync();
        (await cluster.PostAsync(path, json)).StringAt("kind").ShouldNotBe("Status");

        (await cluster.ListAsync($"{path}?fieldSelector={matching}")).ShouldHaveSingleItem();
        (await cluster.ListAsync($"{path}?fieldSelector={other}")).ShouldBeEmpty();
    }
}
