using System.Globalization;
using System.Net;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Emulation;

/// <summary>What other people's emulators of this API were found to get wrong, each of which had tests pass that fail on a cluster.</summary>
public sealed class TrapTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Lamps = "/apis/e.com/v1/namespaces/default/lamps";

    private const string TypedConfigMap = "azhzAAoPCgJ2MRIJQ29uZmlnTWFwEjYKIQoBYRIAGgAiACoAMgA4AEIAWgYKAWwSATFiBgoBbhIBMhIGCgFrEgF2GgkKA2JpbhICAAEaACIA";
    private const string TypedDeleteOptions = "azhzAAoTCgJ2MRINRGVsZXRlT3B0aW9ucxIMIgpCYWNrZ3JvdW5kGgAiAA==";

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

    [Fact]
    public async Task Writers_at_once_lose_nothing_of_each_other_and_a_selecting_watch_hears_of_it_all()
    {
        const int writers = 8;
        const int rounds = 5;
        await using var cluster = await Cluster.StartAsync();
        await CreateAsync(cluster, "a", "'labels':{'shared':'yes'},'annotations':{'count':'0'}");
        var revision = (await cluster.GetAsync($"{ConfigMaps}/a")).StringAt("metadata", "resourceVersion");

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => CountAsync(cluster, writer, rounds), Cancelled)));

        var last = await cluster.GetAsync($"{ConfigMaps}/a");
        last.StringAt("metadata", "annotations", "count").ShouldBe($"{writers * rounds}");
        last.ObjectAt("data")!.Keys.Order(StringComparer.Ordinal).ShouldBe(["k", .. Enumerable.Range(0, writers).Select(static writer => $"writer-{writer}")]);
        last.ObjectAt("metadata")!.Objects("managedFields").Count(static entry => entry.StringAt("operation") == "Apply").ShouldBe(writers);
        var told = await EventsAsync(cluster, $"{ConfigMaps}?watch=true&labelSelector=shared&resourceVersion={revision}", (writers * rounds) + writers);
        told.ShouldAllBe(static change => change == "MODIFIED a");
    }

    [Fact]
    public async Task What_a_typed_client_writes_is_what_an_untyped_one_reads_patches_and_watches()
    {
        await using var cluster = await Cluster.StartAsync();
        var revision = (await cluster.GetAsync(ConfigMaps)).StringAt("metadata", "resourceVersion");
        using var typed = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };

        (await SendAsync(typed, HttpMethod.Post, ConfigMaps, TypedConfigMap)).ShouldBe(HttpStatusCode.Created);
        (await cluster.MergeAsync($"{ConfigMaps}/a", "{'data':{'k':'patched'}}")).StringAt("data", "k").ShouldBe("patched");
        (await SendAsync(typed, HttpMethod.Put, $"{ConfigMaps}/a", TypedConfigMap)).ShouldBe(HttpStatusCode.OK);

        (await cluster.GetAsync($"{ConfigMaps}/a")).StringAt("data", "k").ShouldBe("v");
        (await SendAsync(typed, HttpMethod.Delete, $"{ConfigMaps}/a", TypedDeleteOptions)).ShouldBe(HttpStatusCode.OK);
        (await EventsAsync(cluster, $"{ConfigMaps}?watch=true&resourceVersion={revision}", 4)).ShouldBe(["ADDED a", "MODIFIED a", "MODIFIED a", "DELETED a"]);
    }

    [Theory]
    [InlineData(ConfigMaps, TypedConfigMap)]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/default/leases", "azhzAAofChZjb29yZGluYXRpb24uazhzLmlvL3YxEgVMZWFzZRI0ChEKAWwSABoAIgAqADIAOABCABIfCgJtZRAPGggI8obu0wMQACILCPKG7tMDEICU7zooABoAIgA=")]
    [InlineData("/api/v1/namespaces/default/secrets", "azhzAAoMCgJ2MRIGU2VjcmV0EjAKEQoBcxIAGgAiACoAMgA4AEIAEgcKAWsSAv8AGgZPcGFxdWUiCgoBdBIFcGxhaW4aACIA")]
    [InlineData("/api/v1/namespaces/default/events", "azhzAAoLCgJ2MRIFRXZlbnQSbQoXCgASB29yYWNsZS0aACIAKgAyADgAQgASGwoDUG9kEgdkZWZhdWx0GgFwIgAqAnYxMgA6ABoDV2h5IgR3aGF0KgYKAm1lEgAyCAiAkb/SAxAAOggIgJG/0gMQAEABSgZOb3JtYWxiAHIAegAaACIA")]
    [InlineData("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSPAoQCgASABoAIgAqADIAOABCABIeChwKB2RlZmF1bHQSA2dldBoAIgAqBHBvZHMyADoAGggIABIAGgAgABoAIgA=")]
    public async Task The_protobuf_that_typed_clients_send_is_read_by_every_endpoint(string path, string body)
    {
        await using var cluster = await Cluster.StartAsync();
        using var typed = new HttpClient(cluster.Server.CreateHandler()) { BaseAddress = cluster.Server.Address };

        (await SendAsync(typed, HttpMethod.Post, $"{path}?fieldManager=m&fieldValidation=Strict", body)).ShouldBe(HttpStatusCode.Created);
    }

    private static async Task CountAsync(Cluster cluster, int writer, int rounds)
    {
        await cluster.SendAsync("PATCH", $"{ConfigMaps}/a?fieldManager=writer-{writer}", $"{{'apiVersion':'v1','kind':'ConfigMap','data':{{'writer-{writer}':'here'}}}}", mediaType: "application/apply-patch+yaml");
        for (var done = 0; done < rounds;)
        {
            var seen = await cluster.GetAsync($"{ConfigMaps}/a");
            var next = int.Parse(seen.StringAt("metadata", "annotations", "count")!, CultureInfo.InvariantCulture) + 1;
            var answer = await cluster.SendAsync("PUT", $"{ConfigMaps}/a", JsonText.ToCompactString(seen.WithAt(["metadata", "annotations", "count"], $"{next}")));
            if (answer.LongAt("code") is not 409)
                done++;
        }
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpMethod method, string path, string protobuf)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Convert.FromBase64String(protobuf)) };
        request.Content.Headers.ContentType = new("application/vnd.kubernetes.protobuf");
        using var response = await client.SendAsync(request, Cancelled);
        return response.StatusCode;
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
