using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class PodUpdateTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Container = "'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}";
    private const string Pod = "{'metadata':{'name':'p'},'spec':{'containers':[{" + Container + "}]}}";
    private const string Gated = "{'metadata':{'name':'g'},'spec':{'schedulingGates':[{'name':'a'}],'nodeSelector':{'a':'b'},'containers':[{" + Container + "}]}}";

    [Theory]
    [InlineData("{'spec':{'nodeName':'n'}}")]
    [InlineData("{'spec':{'nodeSelector':{'a':'b'}}}")]
    [InlineData("{'spec':{'ephemeralContainers':[{'name':'e','image':'i'}]}}")]
    [InlineData("{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'2'}}}]}}")]
    public async Task An_update_of_a_pod_is_refused_what_has_its_own_subresource_or_never_changes(string patch)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Pod);

        var refused = await cluster.SendAsync("PATCH", Pods + "/p", patch, mediaType: Strategic);

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message")!.ShouldStartWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,");
    }

    [Fact]
    public async Task Ephemeral_containers_are_added_through_their_subresource_which_changes_nothing_else()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Pod);

        var changed = await cluster.SendAsync("PATCH", Pods + "/p/ephemeralcontainers", "{'metadata':{'labels':{'x':'y'}},'spec':{'nodeName':'n','ephemeralContainers':[{'name':'e','image':'i'}]}}", mediaType: Strategic);

        changed.ObjectAt("spec")!.Objects("ephemeralContainers").Single().StringAt("terminationMessagePolicy").ShouldBe("File");
        changed.StringAt("spec", "nodeName").ShouldBeNull();
        changed.At("metadata", "labels").ShouldBeNull();
        changed.LongAt("metadata", "generation").ShouldBe(2);
    }

    [Theory]
    [InlineData("{'spec':{'ephemeralContainers':[]}}", "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"e\" may not be removed\n")]
    [InlineData("{'spec':{'ephemeralContainers':[{'name':'e','image':'other'}]}}", "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"e\" may not be changed")]
    [InlineData("{'spec':{'ephemeralContainers':[{'name':'c','image':'i'}]}}", "spec.ephemeralContainers[0].name: Duplicate value: \"c\"")]
    public async Task An_ephemeral_container_stays_as_it_was_added(string patch, string problem)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Pod);
        await cluster.MergeAsync(Pods + "/p/ephemeralcontainers", "{'spec':{'ephemeralContainers':[{'name':'e','image':'i'}]}}");

        var refused = await cluster.MergeAsync(Pods + "/p/ephemeralcontainers", patch);

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message")!.ShouldContain(problem);
    }

    [Fact]
    public async Task The_resources_of_a_pod_are_changed_through_resize_which_changes_nothing_else()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Pod);

        var resized = await cluster.SendAsync("PATCH", Pods + "/p/resize", "{'spec':{'containers':[{'name':'c','image':'other','resources':{'requests':{'cpu':'2'}}}]}}", mediaType: Strategic);

        var container = resized.ObjectAt("spec")!.Objects("containers").Single();
        container.StringAt("resources", "requests", "cpu").ShouldBe("2");
        container.StringAt("image").ShouldBe("i");
    }

    [Theory]
    [InlineData("[{'name':'c','image':'i'}]", "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed")]
    [InlineData("[{" + Container + ",'resizePolicy':[{'resourceName':'cpu','restartPolicy':'RestartContainer'}]}]", "spec: Forbidden: only cpu and memory resources are mutable")]
    [InlineData("[{'name':'c','image':'i','resources':{'requests':{'cpu':'1','ephemeral-storage':'1Gi'}}}]", "spec: Forbidden: only cpu and memory resources are mutable")]
    [InlineData("[{'name':'d','image':'i','resources':{'requests':{'cpu':'1'}}}]", "spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize")]
    [InlineData("[{" + Container + "},{'name':'d','image':'i'}]", "spec.containers: Forbidden: containers may not be added or removed on resize")]
    [InlineData("[{'name':'c','image':'i','resources':{'requests':{'cpu':'1','memory':'1Gi'},'limits':{'cpu':'1','memory':'1Gi'}}}]", "Pod QOS Class may not change as a result of resizing")]
    public async Task A_resize_that_does_more_is_refused(string containers, string problem)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Pod);

        var refused = await cluster.MergeAsync(Pods + "/p/resize", $"{{'spec':{{'containers':{containers}}}}}");

        refused.LongAt("code").ShouldBe(422);
        refused.StringAt("message")!.ShouldContain(problem);
    }

    [Theory]
    [InlineData("{'spec':{'nodeSelector':{'a':'b','c':'d'}}}", null)]
    [InlineData("{'spec':{'nodeSelector':{'a':'c'}}}", "spec.nodeSelector: Invalid value: {\"a\":\"c\"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)")]
    [InlineData("{'spec':{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a','operator':'Exists'}]}]}}}}}", null)]
    [InlineData("{'spec':{'nodeName':'n'}}", "pod updates may not change fields other than")]
    public async Task A_gated_pod_may_be_confined_to_fewer_nodes_and_to_no_others(string patch, string? problem)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Pods, Gated);

        var answer = await cluster.MergeAsync(Pods + "/g", patch);

        (answer.StringAt("message") ?? "").ShouldContain(problem ?? "");
        answer.LongAt("code").ShouldBe(problem is null ? null : 422);
    }

    [Fact]
    public async Task A_gated_pod_tells_that_it_waits()
    {
        await using var cluster = await Cluster.StartAsync();

        var pod = await cluster.PostAsync(Pods, Gated);

        pod.ObjectAt("status")!.Objects("conditions").Single().StringAt("reason").ShouldBe("SchedulingGated");
    }
}
