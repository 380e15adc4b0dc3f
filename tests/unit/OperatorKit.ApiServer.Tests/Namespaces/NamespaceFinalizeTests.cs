using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Namespaces;

public sealed class NamespaceFinalizeTests
{
    private const string Work = "/api/v1/namespaces/work";

    [Fact]
    public async Task Who_finalizes_owns_what_changes_and_the_status_does_not()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'work'}}");

        var changed = await cluster.SendAsync(
            "PUT",
            Work + "/finalize?fieldManager=mine",
            "{'metadata':{'name':'work','labels':{'a':'b'}},'spec':{'finalizers':['kubernetes','a.b/c']},'status':{'phase':'Terminating'}}");

        changed.StringAt("status", "phase").ShouldBe("Active");
        changed.StringAt("metadata", "labels", "a").ShouldBe("b");
        var entry = changed.ObjectAt("metadata")!.Objects("managedFields").Single(static entry => entry.StringAt("manager") == "mine");
        entry.StringAt("subresource").ShouldBe("finalize");
        JsonText.ToCompactString(entry["fieldsV1"]!).ShouldBe("""{"f:metadata":{"f:labels":{"f:a":{}}},"f:spec":{"f:finalizers":{}}}""");
    }

    [Fact]
    public async Task A_namespace_that_is_to_go_is_gone_with_its_last_finalizer()
    {
        await using var cluster = await Cluster.StartAsync(configure: static options => options with { NamespaceControllers = false });
        await cluster.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'work'}}");
        await cluster.SendAsync("DELETE", Work);

        await cluster.SendAsync("PUT", Work + "/finalize", "{'metadata':{'name':'work'},'spec':{}}");

        (await cluster.GetAsync(Work)).LongAt("code").ShouldBe(404);
    }

    [Theory]
    [InlineData("{'metadata':{'name':'other'}}", "the name of the object (other) does not match the name on the URL (work)")]
    [InlineData("{'metadata':{'name':'work','resourceVersion':'1'}}", "Operation cannot be fulfilled on namespaces \"work\": the object has been modified; please apply your changes to the latest version and try again")]
    public async Task Finalizing_is_an_update_like_any_other(string body, string message)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'work'}}");

        (await cluster.SendAsync("PUT", Work + "/finalize", body)).StringAt("message").ShouldBe(message);
    }
}
