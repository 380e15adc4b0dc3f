using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class BuiltInDefaultsTests
{
    [Theory]
    [InlineData("/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", "{'metadata':{'name':'o'},'spec':{'priorityLevelConfiguration':{'name':'exempt'}}}", "\"matchingPrecedence\":1000")]
    [InlineData("/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations", "{'metadata':{'name':'o'},'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{}}}}}",
        "\"nominalConcurrencyShares\":30,\"limitResponse\":{\"type\":\"Queue\",\"queuing\":{\"queues\":64,\"handSize\":8,\"queueLengthLimit\":50}},\"lendablePercent\":0")]
    [InlineData("/apis/storage.k8s.io/v1/volumeattributesclasses", "{'metadata':{'name':'o'},'driverName':'d.example','parameters':{'a':'b'}}", "\"finalizers\":[\"kubernetes.io/vac-protection\"]")]
    [InlineData("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'o'},'secrets':[{'name':'s','namespace':'n','kind':'Secret'}]}", "\"secrets\":[{\"name\":\"s\"}]")]
    public async Task What_was_left_open_is_filled_in_and_what_does_not_count_goes(string path, string body, string expected)
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.PostAsync(path, body)).ToString().ShouldContain(expected);
    }

    [Fact]
    public async Task A_node_offers_all_that_it_has_and_a_pod_has_its_first_address()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/api/v1/nodes", "{'metadata':{'name':'n'}}");
        await cluster.PostAsync("/api/v1/namespaces/default/pods", "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");

        var node = await cluster.MergeAsync("/api/v1/nodes/n/status", "{'status':{'capacity':{'cpu':'4'}}}");
        var pod = await cluster.MergeAsync("/api/v1/namespaces/default/pods/p/status", "{'status':{'podIPs':[{'ip':'10.1.2.3'}]}}");

        node.StringAt("status", "allocatable", "cpu").ShouldBe("4");
        pod.StringAt("status", "podIP").ShouldBe("10.1.2.3");
    }

    [Fact]
    public async Task A_claim_grows_only_while_it_is_bound_and_its_class_allows_it()
    {
        await using var cluster = await Cluster.StartAsync();
        const string Claim = "/api/v1/namespaces/default/persistentvolumeclaims/c";
        const string Larger = "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}";
        await cluster.PostAsync("/apis/storage.k8s.io/v1/storageclasses", "{'metadata':{'name':'s'},'provisioner':'p.example'}");
        await cluster.PostAsync("/api/v1/namespaces/default/persistentvolumeclaims", "{'metadata':{'name':'c'},'spec':{'storageClassName':'s','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}");

        var pending = await cluster.MergeAsync(Claim, Larger);
        await cluster.MergeAsync(Claim + "/status", "{'status':{'phase':'Bound'}}");
        var refused = await cluster.MergeAsync(Claim, Larger);
        await cluster.MergeAsync("/apis/storage.k8s.io/v1/storageclasses/s", "{'allowVolumeExpansion':true}");
        var grown = await cluster.MergeAsync(Claim, Larger);

        pending.LongAt("code").ShouldBe(422);
        refused.StringAt("message").ShouldBe("persistentvolumeclaims \"c\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
        grown.StringAt("spec", "resources", "requests", "storage").ShouldBe("2Gi");
    }

    [Fact]
    public async Task A_limit_range_needs_no_name_and_a_budget_no_lower_case()
    {
        await using var cluster = await Cluster.StartAsync();

        var range = await cluster.PostAsync("/api/v1/namespaces/default/limitranges", "{'spec':{'limits':[]}}");
        var budget = await cluster.PostAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "{'metadata':{'name':'A_b'},'spec':{'minAvailable':1}}");

        Guid.TryParse(range.StringAt("metadata", "name"), out _).ShouldBeTrue();
        range.StringAt("metadata", "name").ShouldNotBe(range.StringAt("metadata", "uid"));
        budget.StringAt("metadata", "name").ShouldBe("A_b");
    }

    [Fact]
    public async Task A_pod_is_assigned_through_the_bindings_of_its_namespace_too_and_takes_over_their_annotations()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces/default/pods", "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");

        await cluster.PostAsync("/api/v1/namespaces/default/bindings", "{'metadata':{'name':'p','annotations':{'a':'b'}},'target':{'kind':'Node','name':'n'}}");

        var pod = await cluster.GetAsync("/api/v1/namespaces/default/pods/p");
        (pod.StringAt("spec", "nodeName"), pod.StringAt("metadata", "annotations", "a")).ShouldBe(("n", "b"));
    }

    [Fact]
    public async Task A_priority_stays_in_its_first_generation()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/apis/scheduling.k8s.io/v1/priorityclasses", "{'metadata':{'name':'p'},'value':5}");

        (await cluster.MergeAsync("/apis/scheduling.k8s.io/v1/priorityclasses/p", "{'description':'d'}")).LongAt("metadata", "generation").ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_becomes_a_name_drops_what_balancers_have_and_an_address_cannot_be_exchanged()
    {
        await using var cluster = await Cluster.StartAsync();
        const string Services = "/api/v1/namespaces/default/services";
        await cluster.PostAsync(Services, "{'metadata':{'name':'s'},'spec':{'type':'LoadBalancer','loadBalancerClass':'a.b/c','ports':[{'port':80}]}}");

        var other = await cluster.MergeAsync(Services + "/s", "{'spec':{'clusterIP':'10.0.0.250'}}");
        var family = await cluster.MergeAsync(Services + "/s", "{'spec':{'ipFamilies':['IPv6']}}");
        var named = await cluster.MergeAsync(Services + "/s", "{'spec':{'type':'ExternalName','externalName':'x.example'}}");

        other.StringAt("message").ShouldBe("Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: [\"10.0.0.250\"]: may not change once set");
        family.ObjectAt("details")!.Objects("causes").Single().StringAt("message")!.ShouldEndWith("expected an IPv6 value as indicated by `ipFamilies[0]`");
        named.At("spec", "loadBalancerClass").ShouldBeNull();
    }

    [Fact]
    public async Task A_patch_cannot_make_an_object_of_a_kind_that_there_is_not()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces/default/configmaps", "{'metadata':{'name':'c'}}");

        var refused = await cluster.MergeAsync("/api/v1/namespaces/default/configmaps/c", "{'kind':'Foo'}");

        refused.LongAt("code").ShouldBe(422);
        var other = await cluster.MergeAsync("/api/v1/namespaces/default/configmaps/c", "{'kind':'Pod'}");
        other.StringAt("message")!.ShouldEndWith(": converting (v1.Pod) to (core.ConfigMap): unknown conversion");
        refused.StringAt("message")!.ShouldEndWith(": no kind \"Foo\" is registered for version \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
    }
}
