using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Apply;

public sealed class EmptyListOwnershipTests
{
    private const string Roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
    private const string Rule = "{'apiGroups':[''],'resources':['pods'],'verbs':['get']}";

    [Fact]
    public async Task Who_writes_an_empty_list_owns_it_although_none_is_stored()
    {
        await using var cluster = await Cluster.StartAsync();

        var created = await cluster.PostAsync(Roles + "?fieldManager=maker", "{'metadata':{'name':'r'},'rules':[]}");

        created["rules"].ShouldBe(JsonValue.Null);
        Owners(created).ShouldBe(["maker f:rules"]);
    }

    [Fact]
    public async Task Emptying_a_list_takes_it_over()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Roles + "?fieldManager=maker", $"{{'metadata':{{'name':'r'}},'rules':[{Rule}]}}");

        var emptied = await cluster.MergeAsync(Roles + "/r?fieldManager=other", "{'rules':[]}");
        var refused = await cluster.SendAsync("PATCH", Roles + "/r?fieldManager=applier", "{'apiVersion':'rbac.authorization.k8s.io/v1','kind':'Role','metadata':{'name':'r'},'rules':[]}", mediaType: "application/apply-patch+yaml");

        emptied["rules"].ShouldBe(JsonValue.Null);
        Owners(emptied).ShouldBe(["other f:rules"]);
        refused.StringAt("message").ShouldBe("Apply failed with 1 conflict: conflict with \"other\" using rbac.authorization.k8s.io/v1: .rules");
    }

    [Fact]
    public async Task The_count_of_template_changes_is_owned_by_who_made_the_daemon_set()
    {
        await using var cluster = await Cluster.StartAsync();
        const string Set = "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";

        var created = await cluster.PostAsync("/apis/apps/v1/namespaces/default/daemonsets?fieldManager=maker", Set);
        var changed = await cluster.MergeAsync("/apis/apps/v1/namespaces/default/daemonsets/d?fieldManager=other", "{'spec':{'template':{'metadata':{'annotations':{'x':'y'}}}}}");

        created.StringAt("metadata", "annotations", "deprecated.daemonset.template.generation").ShouldBe("1");
        created.ArrayAt("metadata", "managedFields")![0].ToString().ShouldContain("f:deprecated.daemonset.template.generation");
        changed.StringAt("metadata", "annotations", "deprecated.daemonset.template.generation").ShouldBe("2");
        changed.ArrayAt("metadata", "managedFields")!.Items.Single(static entry => ((JsonObject)entry).StringAt("manager") == "other").ToString().ShouldNotContain("daemonset");
    }

    [Theory]
    [InlineData("/api/v1/persistentvolumes", "{'metadata':{'name':'o'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'},'claimRef':{'name':'c','namespace':'n'}}}",
        "\"f:claimRef\":{\".\":{},\"f:name\":{},\"f:namespace\":{}}")]
    [InlineData("/apis/apps/v1/namespaces/default/controllerrevisions", "{'metadata':{'name':'o'},'revision':1,'data':{'a':{'b':1}}}", "\"f:data\":{},")]
    public async Task What_is_owned_as_a_whole_or_by_its_parts_is_as_the_field_says(string path, string body, string owned)
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.PostAsync(path, body)).ArrayAt("metadata", "managedFields")!.ToString().ShouldContain(owned);
    }

    private static IEnumerable<string> Owners(JsonObject obj) => obj.ArrayAt("metadata", "managedFields")!.Items.OfType<JsonObject>()
        .Select(static entry => $"{entry.StringAt("manager")} {string.Join(',', entry.ObjectAt("fieldsV1")!.Keys)}");
}
