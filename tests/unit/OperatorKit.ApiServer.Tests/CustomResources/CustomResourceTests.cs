using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Tests.Operations;

namespace OperatorKit.ApiServer.Tests.CustomResources;

public sealed class CustomResourceTests
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Gizmos = "/apis/example.com/v1/namespaces/default/gizmos";

    [Fact]
    public async Task A_definition_is_served_once_it_is_established()
    {
        await using var cluster = await Cluster.StartAsync();

        await InstallAsync(cluster);

        (await cluster.GetAsync(Gizmos)).StringAt("kind").ShouldBe("GizmoList");
        var made = await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{}}");
        made.LongAt("spec", "size").ShouldBe(4);
        made.LongAt("metadata", "generation").ShouldBe(1);
    }

    [Fact]
    public async Task The_status_is_written_through_its_own_endpoint_only()
    {
        await using var cluster = await Cluster.StartAsync();
        await InstallAsync(cluster);
        await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{},'status':{'n':1}}");

        (await cluster.MergeAsync($"{Gizmos}/a", "{'status':{'n':2}}")).At("status").ShouldBeNull();
        var written = await cluster.MergeAsync($"{Gizmos}/a/status", "{'metadata':{'labels':{'a':'b'}},'spec':{'size':9},'status':{'n':3}}");

        written.LongAt("status", "n").ShouldBe(3);
        written.LongAt("spec", "size").ShouldBe(4);
        written.At("metadata", "labels").ShouldBeNull();
        written.LongAt("metadata", "generation").ShouldBe(1);
    }

    [Fact]
    public async Task Replicas_are_scaled_wherever_they_stand()
    {
        await using var cluster = await Cluster.StartAsync();
        await InstallAsync(cluster);
        await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{'size':2}}");

        var scale = await cluster.MergeAsync($"{Gizmos}/a/scale", "{'spec':{'replicas':7}}");

        scale.StringAt("kind").ShouldBe("Scale");
        scale.LongAt("spec", "replicas").ShouldBe(7);
        var scaled = await cluster.GetAsync($"{Gizmos}/a");
        scaled.LongAt("spec", "size").ShouldBe(7);
        scaled.LongAt("metadata", "generation").ShouldBe(2);
    }

    [Fact]
    public async Task An_update_needs_a_resource_version()
    {
        await using var cluster = await Cluster.StartAsync();
        await InstallAsync(cluster);
        await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{}}");

        var refused = await cluster.SendAsync("PUT", $"{Gizmos}/a", "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{}}");

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message").ShouldBe("gizmos.example.com \"a\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update");
    }

    [Fact]
    public async Task A_definition_that_is_deleted_says_so_and_is_of_the_same_generation()
    {
        await using var cluster = await Cluster.StartAsync();
        await InstallAsync(cluster);
        var name = (await cluster.ListAsync(Definitions))[0].StringAt("metadata", "name");

        var deleted = await cluster.SendAsync("DELETE", $"{Definitions}/{name}");

        deleted.LongAt("metadata", "generation").ShouldBe(1);
        deleted.At("metadata", "deletionGracePeriodSeconds").ShouldBeNull();
        deleted.ArrayAt("status", "conditions")!.OfType<JsonObject>().Last().StringAt("reason").ShouldBe("InstanceDeletionPending");
    }

    [Fact]
    public async Task Deleting_a_definition_deletes_its_objects_first()
    {
        await using var cluster = await Cluster.StartAsync();
        await InstallAsync(cluster);
        await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a','finalizers':['example.com/hold']},'spec':{}}");

        await cluster.SendAsync("DELETE", $"{Definitions}/gizmos.example.com");
        await cluster.SettleAsync();

        (await cluster.GetAsync($"{Gizmos}/a")).StringAt("metadata", "deletionTimestamp").ShouldNotBeNull();
        var refused = await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'b'},'spec':{}}");
        refused.StringAt("message").ShouldBe("gizmos.example.com \"b\" is forbidden: create not allowed while custom resource definition is terminating");

        await cluster.MergeAsync($"{Gizmos}/a", "{'metadata':{'finalizers':null}}");
        await cluster.SettleAsync();

        (await cluster.GetAsync($"{Definitions}/gizmos.example.com")).LongAt("code").ShouldBe(404);
    }

    [Fact]
    public async Task A_changed_schema_ends_the_watches_and_fits_the_objects_to_it()
    {
        await using var cluster = await Cluster.StartAsync();
        await InstallAsync(cluster);
        await cluster.PostAsync(Gizmos, "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{'size':2}}");
        await using var watch = await Watch.StartAsync(cluster, Gizmos + "?watch=true&resourceVersion=0");
        (await watch.NextAsync()).StringAt("type").ShouldBe("ADDED");

        var schema = "{'type':'object','properties':{'spec':{'type':'object','properties':{'size':{'type':'integer'},'color':{'type':'string','default':'red'}}}}}";
        await cluster.SendAsync("PATCH", $"{Definitions}/gizmos.example.com", "[{'op':'replace','path':'/spec/versions/0/schema/openAPIV3Schema','value':" + schema + "}]", mediaType: "application/json-patch+json");
        await cluster.SettleAsync();

        (await watch.EndsAsync()).ShouldBeTrue();
        (await cluster.GetAsync($"{Gizmos}/a")).StringAt("spec", "color").ShouldBe("red");
    }

    [Fact]
    public async Task A_definition_whose_name_is_wrong_is_refused_with_the_reason()
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync(Definitions, Definition.Replace("gizmos.example.com", "other", StringComparison.Ordinal));

        refused.StringAt("message").ShouldBe("CustomResourceDefinition.apiextensions.k8s.io \"other\" is invalid: metadata.name: Invalid value: \"other\": must be spec.names.plural+\".\"+spec.group");
    }

    [Fact]
    public async Task The_first_write_after_the_storage_version_moved_fills_in_its_defaults_as_a_new_generation()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Definitions, """
            {"metadata":{"name":"gears.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gears","kind":"Gear"},"versions":[
             {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"a":{"type":"string"}}}}}}},
             {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","default":"x"}}}}}}}]}}
            """);
        await cluster.SettleAsync();
        const string old = "/apis/example.com/v1/namespaces/default/gears", @new = "/apis/example.com/v2/namespaces/default/gears/g";
        await cluster.PostAsync(old, "{'apiVersion':'example.com/v1','kind':'Gear','metadata':{'name':'g'},'spec':{'a':'1'}}");
        await cluster.MergeAsync(Definitions + "/gears.example.com", (await cluster.GetAsync(Definitions + "/gears.example.com")).ToString()
            .Replace("\"storage\":true", "\"storage\":!", StringComparison.Ordinal).Replace("\"storage\":false", "\"storage\":true", StringComparison.Ordinal).Replace("\"storage\":!", "\"storage\":false", StringComparison.Ordinal));
        await cluster.SettleAsync();

        (await cluster.GetAsync(@new)).At("spec", "b").ShouldBeNull();
        var written = await cluster.MergeAsync(@new, "{'metadata':{'labels':{'moved':'yes'}}}");

        written.StringAt("spec", "b").ShouldBe("x");
        written.LongAt("metadata", "generation").ShouldBe(2);
    }

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gizmos","kind":"Gizmo"},
          "versions":[{"name":"v1","served":true,"storage":true,
           "subresources":{"status":{},"scale":{"specReplicasPath":".spec.size","statusReplicasPath":".status.n"}},
           "schema":{"openAPIV3Schema":{"type":"object","properties":{
            "spec":{"type":"object","properties":{"size":{"type":"integer","default":4}}},
            "status":{"type":"object","properties":{"n":{"type":"integer"}}}}}}}]}}
        """;

    private static async Task InstallAsync(Cluster cluster)
    {
        (await cluster.PostAsync(Definitions, Definition)).StringAt("kind").ShouldBe("CustomResourceDefinition");
        await cluster.SettleAsync();
        var established = (await cluster.GetAsync($"{Definitions}/gizmos.example.com")).ArrayAt("status", "conditions")!.OfType<JsonObject>()
            .Single(static condition => condition.StringAt("type") == "Established");
        established.StringAt("status").ShouldBe("True");
    }
}
