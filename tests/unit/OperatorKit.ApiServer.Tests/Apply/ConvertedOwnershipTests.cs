using System.Globalization;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Tests.Webhooks;

namespace OperatorKit.ApiServer.Tests.Apply;

/// <summary>Field ownership across versions between which a webhook converts: v1 has <c>size</c>, v2 has <c>box.size</c>. The answers are those of a real kube-apiserver.</summary>
public sealed class ConvertedOwnershipTests : IAsyncLifetime
{
    private Cluster _cluster = null!;
    private HookServer _hook = null!;
    private bool _fails;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Cluster.StartAsync();
        _hook = await HookServer.StartAsync(Convert);
        const string tags = "'tags':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}";
        const string size = "'size':{'type':'integer'}";
        await _cluster.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", $$$$"""
            {'metadata':{'name':'gizmos.e.com'},'spec':{'group':'e.com','scope':'Namespaced','names':{'plural':'gizmos','kind':'Gizmo'},
             'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'{{{{_hook.Url}}}}/c','caBundle':'{{{{_hook.CaBundle}}}}'}}},
             'versions':[{{{{Version("v1", $"{size},{tags}")}}}},{{{{Version("v2", $"'box':{{'type':'object','properties':{{{size}}}}},{tags}")}}}}]}}
            """);
        await _cluster.SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task Managers_own_fields_each_in_the_version_that_they_wrote()
    {
        await ApplyAsync("v1", "one", "{'size':1,'tags':['a']}");

        var conflict = await ApplyAsync("v2", "two", "{'box':{'size':2}}");
        conflict.StringAt("message").ShouldBe("Apply failed with 1 conflict: conflict with \"one\": .spec.size");
        (await ApplyAsync("v2", "two", "{'box':{'size':1},'tags':['b']}")).ShouldSatisfyAllConditions(
            static shared => shared.At("spec")!.ShouldBeJson("{'box':{'size':1},'tags':['a','b']}"),
            static shared => Owners(shared).ShouldBe(["one e.com/v1 {'f:spec':{'f:size':{},'f:tags':{'v:_a_':{}}}}", "two e.com/v2 {'f:spec':{'f:box':{'f:size':{}},'f:tags':{'v:_b_':{}}}}"]));
    }

    [Fact]
    public async Task What_a_manager_no_longer_applies_stays_while_another_owns_it_in_another_version()
    {
        await ApplyAsync("v1", "one", "{'size':1,'tags':['a']}");
        await ApplyAsync("v2", "two", "{'box':{'size':1}}");

        (await ApplyAsync("v1", "one", "{'tags':['a']}")).At("spec")!.ShouldBeJson("{'size':1,'tags':['a']}");
        (await ApplyAsync("v2", "two", "{}")).At("spec")!.ShouldBeJson("{'tags':['a']}");
    }

    [Fact]
    public async Task A_manager_may_go_on_in_another_version()
    {
        await ApplyAsync("v1", "one", "{'size':1,'tags':['a']}");

        var moved = await ApplyAsync("v2", "one", "{'box':{'size':2}}");

        moved.At("spec")!.ShouldBeJson("{'box':{'size':2}}");
        Owners(moved).ShouldBe(["one e.com/v2 {'f:spec':{'f:box':{'f:size':{}}}}"]);
    }

    [Fact]
    public async Task An_update_in_one_version_takes_what_was_owned_in_another()
    {
        await ApplyAsync("v2", "two", "{'box':{'size':1},'tags':['b']}");

        Owners(await MergeAsync("{'size':5}")).ShouldBe(["two e.com/v2 {'f:spec':{'f:tags':{'v:_b_':{}}}}", "up e.com/v1 {'f:spec':{'f:size':{}}}"]);
    }

    [Fact]
    public async Task Where_the_webhook_fails_an_apply_is_refused_and_an_update_ends_the_tracking()
    {
        await ApplyAsync("v2", "two", "{'box':{'size':1}}");
        _fails = true;

        (await ApplyAsync("v1", "one", "{'tags':['a']}")).StringAt("message").ShouldBe("conversion webhook for e.com/v1, Kind=Gizmo failed: not today");
        Owners(await MergeAsync("{'size':5}")).ShouldBeEmpty();
    }

    private static string Version(string name, string fields) =>
        $"{{'name':'{name}','served':true,'storage':{(name == "v1" ? "true" : "false")},'schema':{{'openAPIV3Schema':{{'type':'object','properties':{{'spec':{{'type':'object','properties':{{{fields}}}}}}}}}}}}}";

    private Task<JsonObject> ApplyAsync(string version, string manager, string spec) => _cluster.SendAsync(
        "PATCH",
        $"/apis/e.com/{version}/namespaces/default/gizmos/g?fieldManager={manager}",
        $"{{'apiVersion':'e.com/{version}','kind':'Gizmo','metadata':{{'name':'g'}},'spec':{spec}}}",
        mediaType: "application/apply-patch+yaml");

    private Task<JsonObject> MergeAsync(string spec) => _cluster.MergeAsync("/apis/e.com/v1/namespaces/default/gizmos/g?fieldManager=up", $"{{'spec':{spec}}}");

    /// <summary>Manager, version and fields of each entry, with single quotes; those of JSON inside a field are underscores.</summary>
    private static IEnumerable<string> Owners(JsonObject obj) => (obj.ArrayAt("metadata", "managedFields") ?? JsonArray.Empty).Items.Cast<JsonObject>().Select(static entry =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.StringAt("manager")} {entry.StringAt("apiVersion")} {entry["fieldsV1"]!.ToString()!.Replace("\\\"", "_", StringComparison.Ordinal).Replace('"', '\'')}"));

    private JsonObject Convert(JsonObject asked)
    {
        var wanted = asked.StringAt("desiredAPIVersion")!;
        if (_fails && wanted == "e.com/v2")
            return Document.Object("{'result':{'status':'Failed','message':'not today'}}");
        var converted = asked.ArrayAt("objects")!.Items.Cast<JsonObject>().Select(obj => obj.With("apiVersion", wanted).With("spec", Converted(obj.ObjectAt("spec") ?? JsonObject.Empty, wanted)));
        return JsonObject.Of(("result", JsonObject.Of(("status", "Success"))), ("convertedObjects", JsonArray.Of(converted)));
    }

    private static JsonObject Converted(JsonObject spec, string wanted)
    {
        var size = spec["size"] ?? spec.At("box", "size");
        spec = spec.Without("size").Without("box");
        if (size is null)
            return spec;
        return wanted == "e.com/v1" ? spec.With("size", size) : spec.With("box", JsonObject.Of(("size", size)));
    }
}

file static class JsonAssertions
{
    public static void ShouldBeJson(this JsonValue actual, string expected) => actual.Equals(Document.Parse(expected)).ShouldBeTrue(actual.ToString());
}
