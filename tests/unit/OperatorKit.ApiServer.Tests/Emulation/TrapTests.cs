using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Emulation;

/// <summary>What other people's emulators of this API were found to get wrong, each of which had tests pass that fail on a cluster.</summary>
public sealed class TrapTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Lamps = "/apis/e.com/v1/namespaces/default/lamps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_between_a_list_and_its_watch_is_told_deletions_too()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "a");
        var revision = (await cluster.GetAsync(ConfigMaps)).StringAt("metadata", "resourceVersion");
        await CreateAsync(cluster, "b");
        await cluster.MergeAsync($"{ConfigMaps}/a", "{'data':{'k':'w'}}");
        await cluster.SendAsync("DELETE", $"{ConfigMaps}/b");

        (await EventsAsync(cluster, $"{ConfigMaps}?watch=true&resourceVersion={revision}", 3)).ShouldBe(["ADDED b", "MODIFIED a", "DELETED b"]);
    }

    [Theory]
    [InlineData("labelSelector=colour%20in%20(red,blue)")]
    [InlineData("labelSelector=colour,colour!=green")]
    public async Task An_object_whose_labels_stop_matching_is_gone_for_a_watch(string selector)
    {
        await using var cluster = await Cluster.StartAsync();
        var revision = (await cluster.GetAsync(ConfigMaps)).StringAt("metadata", "resourceVersion");
        await CreateAsync(cluster, "a", "'labels':{'colour':'red'}");
        await cluster.MergeAsync($"{ConfigMaps}/a", "{'metadata':{'labels':{'colour':'green'}}}");
        await cluster.MergeAsync($"{ConfigMaps}/a", "{'metadata':{'labels':{'colour':'blue'}}}");

        (await EventsAsync(cluster, $"{ConfigMaps}?watch=true&resourceVersion={revision}&{selector}", 3)).ShouldBe(["ADDED a", "DELETED a", "ADDED a"]);
    }

    [Fact]
    public async Task A_field_selector_selects_and_one_that_the_kind_does_not_have_is_refused()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "a");
        await CreateAsync(cluster, "b");

        (await cluster.ListAsync($"{ConfigMaps}?fieldSelector=metadata.name=b")).ShouldHaveSingleItem().Name.ShouldBe("b");
        (await cluster.GetAsync($"{ConfigMaps}?fieldSelector=data.k=v")).LongAt("code").ShouldBe(400);
    }

    [Fact]
    public async Task A_deletion_that_a_finalizer_holds_up_is_a_modification_under_a_new_revision()
    {
        await using var cluster = await Cluster.StartAsync();
        var made = await CreateAsync(cluster, "a", "'finalizers':['e.com/hold']");
        await cluster.SendAsync("DELETE", $"{ConfigMaps}/a");
        var held = await cluster.GetAsync($"{ConfigMaps}/a");
        var released = await cluster.MergeAsync($"{ConfigMaps}/a", "{'metadata':{'finalizers':null}}");

        held.StringAt("metadata", "deletionTimestamp").ShouldNotBeNull();
        held.StringAt("metadata", "resourceVersion").ShouldNotBe(made.StringAt("metadata", "resourceVersion"));
        // The patch that lets go is answered with the object, not with an empty body.
        released.Name.ShouldBe("a");
        (await EventsAsync(cluster, $"{ConfigMaps}?watch=true&resourceVersion={made.StringAt("metadata", "resourceVersion")}", 2)).ShouldBe(["MODIFIED a", "DELETED a"]);
    }

    [Fact]
    public async Task Status_and_spec_are_written_apart_and_only_the_spec_has_generations()
    {
        await using var cluster = await InstalledAsync();
        await cluster.PostAsync(Lamps, "{'apiVersion':'e.com/v1','kind':'Lamp','metadata':{'name':'l'},'spec':{'n':1},'status':{'lit':true}}");

        var main = await cluster.MergeAsync($"{Lamps}/l", "{'spec':{'n':2},'status':{'lit':true}}");
        var status = await cluster.MergeAsync($"{Lamps}/l/status", "{'metadata':{'labels':{'a':'b'}},'spec':{'n':3},'status':{'lit':true}}");

        (main.LongAt("metadata", "generation"), main.LongAt("spec", "n"), main.ObjectAt("status")).ShouldBe((2, 2, null));
        (status.LongAt("metadata", "generation"), status.LongAt("spec", "n"), status.BoolAt("status", "lit")).ShouldBe((2, 2, true));
        status.ObjectAt("metadata", "labels").ShouldBeNull();
    }

    [Fact]
    public async Task A_status_endpoint_is_there_only_where_the_definition_has_one()
    {
        await using var cluster = await InstalledAsync(subresources: "");
        await cluster.PostAsync(Lamps, "{'apiVersion':'e.com/v1','kind':'Lamp','metadata':{'name':'l'},'spec':{'n':1},'status':{'lit':true}}");

        (await cluster.GetAsync($"{Lamps}/l")).BoolAt("status", "lit").ShouldBe(true);
        (await cluster.MergeAsync($"{Lamps}/l", "{'status':{'lit':false}}")).LongAt("metadata", "generation").ShouldBe(2);
    }

    [Fact]
    public async Task A_json_patch_makes_no_parents()
    {
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "a");

        (await cluster.SendAsync("PATCH", $"{ConfigMaps}/a", "[{'op':'add','path':'/metadata/labels/x','value':'y'}]", mediaType: "application/json-patch+json")).LongAt("code").ShouldBe(422);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05.100000Z", "2026-01-02T03:04:05.100000Z")]
    [InlineData("2026-01-02T03:04:05.1Z", null)]
    [InlineData("2026-01-02T03:04:05Z", null)]
    [InlineData("2026-01-02T03:04:05.123456789Z", null)]
    public async Task The_times_of_leases_have_six_digits(string sent, string? kept)
    {
        await using var cluster = await Cluster.StartAsync();

        var made = await cluster.PostAsync("/apis/coordination.k8s.io/v1/namespaces/default/leases", $"{{'metadata':{{'name':'l'}},'spec':{{'renewTime':'{sent}'}}}}");

        (made.StringAt("spec", "renewTime"), made.LongAt("code")).ShouldBe((kept, kept is null ? 400 : null));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.1Z")]
    [InlineData("2026-01-02T03:04:05.123456789Z")]
    public async Task Other_times_are_kept_to_the_second_whatever_was_sent(string sent)
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.PostAsync("/api/v1/namespaces/default/events", $"{{'metadata':{{'name':'e'}},'involvedObject':{{'kind':'Pod','name':'p','namespace':'default'}},'firstTimestamp':'{sent}'}}"))
            .StringAt("firstTimestamp").ShouldBe("2026-01-02T03:04:05Z");
    }

    [Fact]
    public async Task What_a_cluster_refuses_is_refused()
    {
        await using var cluster = await InstalledAsync();
        await cluster.PostAsync(Lamps, "{'apiVersion':'e.com/v1','kind':'Lamp','metadata':{'name':'l','deletionTimestamp':'2026-01-02T03:04:05Z'},'spec':{'n':1}}");
        const string lamp = "{'apiVersion':'e.com/v1','kind':'Lamp','metadata':{'name':'l'},'spec':{'n':2}}";

        (await cluster.GetAsync($"{Lamps}/l")).StringAt("metadata", "deletionTimestamp").ShouldBeNull();
        (await cluster.SendAsync("PUT", $"{Lamps}/l", lamp)).StringAt("message").ShouldBe("lamps.e.com \"l\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update");
        (await cluster.PostAsync($"{Lamps}?fieldValidation=Strict", "{'apiVersion':'e.com/v1','kind':'Lamp','metadata':{'name':'m'},'spec':{'zz':2}}")).StringAt("message")!.ShouldContain("strict decoding error: unknown field \"spec.zz\"");
    }

    [Fact]
    public async Task Two_servers_share_nothing()
    {
        await using var one = await Cluster.StartAsync();
        await using var other = await Cluster.StartAsync();
        await CreateAsync(one, "a");

        (await other.GetAsync($"{ConfigMaps}/a")).LongAt("code").ShouldBe(404);
    }

    private static async Task<Cluster> InstalledAsync(string subresources = "'subresources':{'status':{}},")
    {
        var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(Definitions, $"{{'metadata':{{'name':'lamps.e.com'}},'spec':{{'group':'e.com','scope':'Namespaced','names':{{'plural':'lamps','kind':'Lamp'}},'versions':[{{'name':'v1','served':true,'storage':true,{subresources}"
            + "'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','properties':{'n':{'type':'integer'}}},'status':{'type':'object','properties':{'lit':{'type':'boolean'}}}}}}}]}}");
        await cluster.SettleAsync();
        return cluster;
    }

    private static Task<JsonObject> CreateAsync(Cluster cluster, string name, string metadata = "'annotations':{}") =>
        cluster.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'{name}',{metadata}}},'data':{{'k':'v'}}}}");

    /// <summary>The first events of a watch: what happened, and to which object.</summary>
    private static async Task<IReadOnlyList<string>> EventsAsync(Cluster cluster, string path, int count)
    {
        using var client = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };
        using var lines = new StreamReader(await client.GetStreamAsync(path, Cancelled));
        var events = new List<string>();
        while (events.Count < count && await lines.ReadLineAsync(Cancelled) is { } line)
        {
            var told = (JsonObject)JsonParser.Parse(line).Value;
            events.Add($"{told.StringAt("type")} {told.StringAt("object", "metadata", "name")}");
        }

        return events;
    }
}
