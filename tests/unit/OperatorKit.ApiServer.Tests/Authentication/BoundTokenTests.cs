using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Authentication;

public sealed class BoundTokenTests
{
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";

    [Theory]
    [InlineData("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'nosuch'}}}", 404, "pods \"nosuch\" not found")]
    [InlineData("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Node','name':'nosuch'}}}", 404, "nodes \"nosuch\" not found")]
    [InlineData("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'ConfigMap','name':'a'}}}", 400, "cannot bind token to object of type /v1, Kind=ConfigMap")]
    [InlineData("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Secret'}}}", 400, "Name parameter required.")]
    [InlineData("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Secret','name':'s','uid':'u'}}}", 409, "Operation cannot be fulfilled on Secret \"s\": the UID in the bound object reference (u) does not match the UID in record. The object might have been deleted and then recreated")]
    [InlineData("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'p'}}}", 400, "cannot bind token for serviceaccount \"robot\" to pod running with different serviceaccount name.")]
    [InlineData("{'metadata':{'name':'other'},'spec':{}}", 422, "TokenRequest.authentication.k8s.io \"robot\" is invalid: metadata.name: Invalid value: \"other\": must match the service account name if specified")]
    [InlineData("{'metadata':{'namespace':'other'},'spec':{}}", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    public async Task A_token_is_refused_that_could_not_be_bound_as_asked(string request, int code, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await FillAsync(cluster);

        var refused = await cluster.PostAsync(Accounts + "/robot/token", request);

        refused.LongAt("code").ShouldBe(code);
        refused.StringAt("message").ShouldBe(message);
    }

    [Fact]
    public async Task A_request_for_a_token_comes_back_with_its_metadata_and_its_owners()
    {
        await using var cluster = await Cluster.StartAsync();
        await FillAsync(cluster);

        var granted = await cluster.PostAsync(Accounts + "/robot/token", "{'metadata':{'labels':{'a':'b'}},'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Secret','name':'s'}}}");

        granted.StringAt("metadata", "name").ShouldBe("robot");
        granted.StringAt("metadata", "labels", "a").ShouldBe("b");
        var entry = granted.ObjectAt("metadata")!.Objects("managedFields").Single();
        entry.StringAt("subresource").ShouldBe("token");
        JsonText.ToCompactString(entry["fieldsV1"]!).ShouldBe(
            """{"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:boundObjectRef":{"f:apiVersion":{},"f:kind":{},"f:name":{}},"f:expirationSeconds":{}}}""");
    }

    private static async Task FillAsync(Cluster cluster)
    {
        await cluster.PostAsync(Accounts, "{'metadata':{'name':'robot'}}");
        await cluster.PostAsync("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");
        await cluster.PostAsync("/api/v1/namespaces/default/pods", "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    }
}
