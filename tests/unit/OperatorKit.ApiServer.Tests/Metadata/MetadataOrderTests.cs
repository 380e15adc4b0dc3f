using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Metadata;

/// <summary>As recorded from a real server: where in a refusal the metadata comes, and how often.</summary>
public sealed class MetadataOrderTests
{
    private const string Broken = "{'metadata':{'labels':{'bad key':'x'},'finalizers':['zz']}}";

    [Theory]
    [InlineData("/api/v1/namespaces/default/configmaps", "'data':{'bad key':'x'}", "metadata.labels", "metadata.finalizers[0]", "data[bad key]")]
    [InlineData("/apis/apps/v1/namespaces/default/controllerrevisions", "'revision':-1", "metadata.labels", "metadata.finalizers[0]", "revision", "data")]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/default/leases", "'spec':{'leaseDurationSeconds':-1}", "metadata.labels", "spec.leaseDurationSeconds")]
    [InlineData("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "'spec':{'minAvailable':-1}", "spec.minAvailable")]
    public async Task The_metadata_of_a_new_object_is_named_before_its_content_where_its_kind_looks_at_it(string path, string content, params string[] fields)
    {
        await using var cluster = await Cluster.StartAsync();

        var refused = await cluster.PostAsync(path, $"{{'metadata':{{'name':'a','labels':{{'bad key':'x'}},'finalizers':['zz']}},{content}}}");

        Fields(refused).ShouldBe(fields);
    }

    [Theory]
    [InlineData("/api/v1/namespaces/default/configmaps", "'data':{}", 4, 2)]
    [InlineData("/api/v1/namespaces/default/resourcequotas", "'spec':{'hard':{'cpu':'1'}}", 3, 1)]
    [InlineData("/api/v1/namespaces/default/limitranges", "'spec':{'limits':[]}", 3, 1)]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/default/leases", "'spec':{}", 3, 0)]
    [InlineData("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "'spec':{'minAvailable':1}", 2, 0)]
    public async Task A_kind_goes_through_its_metadata_as_often_as_upstream_on_update(string path, string content, int labels, int finalizers)
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(path, $"{{'metadata':{{'name':'a'}},{content}}}");

        var refused = await cluster.MergeAsync(path + "/a", Broken);

        Fields(refused).Count(static field => field == "metadata.labels").ShouldBe(labels);
        Fields(refused).Count(static field => field == "metadata.finalizers[0]").ShouldBe(finalizers);
    }

    [Fact]
    public async Task A_namespace_in_the_metadata_of_what_has_none_is_dropped()
    {
        await using var cluster = await Cluster.StartAsync();

        var node = await cluster.PostAsync("/api/v1/nodes", "{'metadata':{'name':'n','namespace':'x'}}");

        node.StringAt("metadata", "name").ShouldBe("n");
        node.At("metadata", "namespace").ShouldBeNull();
    }

    private static IEnumerable<string> Fields(JsonObject refused) => refused.ObjectAt("details")!.Objects("causes").Select(static cause => cause.StringAt("field")!);
}
