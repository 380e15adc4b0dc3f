using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Operations;

public sealed class WriteTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task The_server_sets_the_identity_and_wipes_what_is_its_own()
    {
        await using var cluster = await Cluster.StartAsync();

        var made = await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a','uid':'mine','deletionTimestamp':'2001-01-01T00:00:00Z'}}");

        made.StringAt("metadata", "uid").ShouldNotBe("mine");
        made.At("metadata", "deletionTimestamp").ShouldBeNull();
        made.StringAt("metadata", "namespace").ShouldBe("default");
        made.StringAt("metadata", "creationTimestamp").ShouldEndWith("Z");
    }

    [Fact]
    public async Task A_generated_name_begins_with_its_base()
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.PostAsync(ConfigMaps, "{'metadata':{'generateName':'gen-'}}")).StringAt("metadata", "name")!.ShouldMatch("^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$");
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_behind()
    {
        await using var cluster = await Cluster.StartAsync();

        var made = await cluster.PostAsync(ConfigMaps + "?dryRun=All", "{'metadata':{'name':'a'}}");

        made.StringAt("metadata", "uid").ShouldNotBeNull();
        made.At("metadata", "resourceVersion").ShouldBeNull();
        (await cluster.GetAsync(ConfigMaps + "/a")).LongAt("code").ShouldBe(404);
    }

    [Fact]
    public async Task An_update_from_an_old_state_is_a_conflict()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'},'data':{'k':'1'}}");
        await cluster.MergeAsync(ConfigMaps + "/a", "{'data':{'k':'2'}}");

        var refused = await cluster.SendAsync("PUT", ConfigMaps + "/a", first.ToString());

        refused.LongAt("code").ShouldBe(409);
        refused.StringAt("reason").ShouldBe("Conflict");
    }

    [Fact]
    public async Task A_write_that_changes_nothing_keeps_the_resource_version()
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'},'data':{'k':'1'}}");

        var again = await cluster.MergeAsync(ConfigMaps + "/a", "{'data':{'k':'1'}}");

        again.StringAt("metadata", "resourceVersion").ShouldBe(first.StringAt("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task A_namespace_keeps_the_finalizers_that_it_is_made_with_and_gets_its_own()
    {
        await using var cluster = await Cluster.StartAsync();

        var made = await cluster.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'a'},'spec':{'finalizers':['x.y/z']}}");

        made.ArrayAt("spec", "finalizers").ShouldBe(JsonArray.Of("x.y/z", "kubernetes"));
    }

    [Fact]
    public async Task Another_uid_is_a_conflict_before_the_resource_version_is_missed()
    {
        await using var cluster = await Cluster.StartAsync();
        const string leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        await cluster.PostAsync(leases, "{'metadata':{'name':'a'}}");

        (await cluster.SendAsync("PUT", leases + "/a", "{'metadata':{'name':'a','uid':'other'}}")).LongAt("code").ShouldBe(409);
        (await cluster.SendAsync("PUT", leases + "/a", "{'metadata':{'name':'a'}}")).LongAt("code").ShouldBe(422);
    }

    [Fact]
    public async Task Labels_are_part_of_what_an_endpoint_slice_asks_for()
    {
        await using var cluster = await Cluster.StartAsync();
        const string slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
        await cluster.PostAsync(slices, "{'metadata':{'name':'a'},'addressType':'IPv4','endpoints':[]}");

        (await cluster.MergeAsync(slices + "/a", "{'metadata':{'labels':{'a':'b'}}}")).LongAt("metadata", "generation").ShouldBe(2);
        (await cluster.MergeAsync(slices + "/a", "{'metadata':{'annotations':{'a':'b'}}}")).LongAt("metadata", "generation").ShouldBe(2);
    }

    [Fact]
    public async Task A_stateful_set_with_the_type_of_its_updates_alone_keeps_it_so()
    {
        await using var cluster = await Cluster.StartAsync();
        const string body = "{'metadata':{'name':'a'},'spec':{'serviceName':'h','selector':{'matchLabels':{'a':'b'}},'updateStrategy':{UPDATE},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";

        var typed = await cluster.PostAsync("/apis/apps/v1/namespaces/default/statefulsets?dryRun=All", body.Replace("UPDATE", "'type':'RollingUpdate'", StringComparison.Ordinal));
        var plain = await cluster.PostAsync("/apis/apps/v1/namespaces/default/statefulsets?dryRun=All", body.Replace("UPDATE", "", StringComparison.Ordinal));

        typed.At("spec", "updateStrategy", "rollingUpdate").ShouldBeNull();
        plain.LongAt("spec", "updateStrategy", "rollingUpdate", "partition").ShouldBe(0);
    }

    [Fact]
    public async Task Concurrent_patches_all_arrive()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'}}");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => cluster.MergeAsync(ConfigMaps + "/a", $"{{'data':{{'k{i}':'v'}}}}")));

        (await cluster.GetAsync(ConfigMaps + "/a")).ObjectAt("data")!.Count.ShouldBe(50);
    }

    [Fact]
    public async Task A_finalizer_keeps_an_object_until_it_is_taken_away()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a','finalizers':['example.com/hold']}}");

        var marked = await cluster.SendAsync("DELETE", ConfigMaps + "/a");
        marked.StringAt("metadata", "deletionTimestamp").ShouldNotBeNull();
        var refused = await cluster.MergeAsync(ConfigMaps + "/a", "{'metadata':{'finalizers':['example.com/hold','example.com/new']}}");
        refused.StringAt("message")!.ShouldContain("no new finalizers can be added if the object is being deleted");

        var last = await cluster.MergeAsync(ConfigMaps + "/a", "{'metadata':{'finalizers':null}}");

        last.StringAt("metadata", "resourceVersion").ShouldBe(marked.StringAt("metadata", "resourceVersion"));
        (await cluster.GetAsync(ConfigMaps + "/a")).LongAt("code").ShouldBe(404);
    }

    [Theory]
    [InlineData("{'preconditions':{'uid':'other'}}", 409)]
    [InlineData("{'propagationPolicy':'Later'}", 422)]
    [InlineData("{'propagationPolicy':'Orphan','orphanDependents':true}", 422)]
    public async Task Delete_options_are_honoured_or_refused(string options, int code)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'}}");

        (await cluster.SendAsync("DELETE", ConfigMaps + "/a", options)).LongAt("code").ShouldBe(code);
        (await cluster.GetAsync(ConfigMaps + "/a")).StringAt("kind").ShouldBe("ConfigMap");
    }

    [Theory]
    [InlineData("Strict", 400)]
    [InlineData("Warn", null)]
    [InlineData("Ignore", null)]
    public async Task Unknown_fields_are_treated_as_asked(string validation, int? code)
    {
        await using var cluster = await Cluster.StartAsync();

        var answer = await cluster.PostAsync($"{ConfigMaps}?fieldValidation={validation}", "{'metadata':{'name':'a'},'foo':1}");

        answer.LongAt("code").ShouldBe(code);
    }

    [Theory]
    [InlineData("{'metadata':{'name':'Upper'}}", 422)]
    [InlineData("{'metadata':{}}", 422)]
    [InlineData("{'metadata':{'name':'a','namespace':'elsewhere'}}", 400)]
    [InlineData("{'metadata':{'name':'a','resourceVersion':'5'}}", 500)]
    [InlineData("{'kind':'Secret','apiVersion':'v1','metadata':{'name':'a'}}", 400)]
    [InlineData("{'data':{'a':1},'metadata':{'name':'a'}}", 400)]
    [InlineData("{'kind'", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    public async Task A_wrong_object_is_refused(string body, int code)
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.PostAsync(ConfigMaps, body)).LongAt("code").ShouldBe(code);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync(ConfigMaps, new string(' ', (3 * 1024 * 1024) + 1));

        refused.LongAt("code").ShouldBe(413);
    }

    [Fact]
    public async Task An_eviction_that_is_only_tried_leaves_the_pod()
    {
        const string pods = "/api/v1/namespaces/default/pods";
        await using var cluster = await Cluster.StartAsync();
        await cluster.SettleAsync();
        await cluster.PostAsync(pods, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");

        var answer = await cluster.PostAsync(pods + "/p/eviction", "{'metadata':{'name':'p'},'deleteOptions':{'dryRun':['All']}}");

        answer.StringAt("status").ShouldBe("Success");
        (await cluster.GetAsync(pods + "/p")).StringAt("kind").ShouldBe("Pod");
    }

    [Theory]
    [InlineData("GET", "log")]
    [InlineData("POST", "exec")]
    public async Task What_needs_a_kubelet_is_refused_by_name(string method, string subresource)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces/default/pods", "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");

        var refused = await cluster.SendAsync(method, $"/api/v1/namespaces/default/pods/p/{subresource}");

        refused.LongAt("code").ShouldBe(501);
        refused.StringAt("message").ShouldBe($"pods/{subresource} is not implemented by this server");
        (await cluster.SendAsync(method, $"/api/v1/namespaces/default/pods/gone/{subresource}")).StringAt("message").ShouldBe("pods \"gone\" not found");
    }
}
