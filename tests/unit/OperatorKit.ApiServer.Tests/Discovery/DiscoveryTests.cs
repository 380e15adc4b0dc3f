using OperatorKit.ApiServer.Discovery;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.Tests.Discovery;

public sealed class DiscoveryTests
{
    [Fact]
    public void Versions_stand_newest_first() =>
        new[] { "v1alpha1", "v1", "foo", "v2", "v1beta2", "v10", "v1beta1" }.Order(VersionOrder.NewestFirst).ShouldBe(["v10", "v2", "v1", "v1beta2", "v1beta1", "v1alpha1", "foo"]);

    [Fact]
    public async Task A_group_prefers_its_newest_version()
    {
        await using var cluster = await Cluster.StartAsync();

        (await cluster.GetAsync("/apis/autoscaling")).StringAt("preferredVersion", "version").ShouldBe("v2");
    }

    [Fact]
    public async Task Resources_are_listed_with_their_subresources()
    {
        await using var cluster = await Cluster.StartAsync();

        var names = (await cluster.GetAsync("/apis/apps/v1")).ArrayAt("resources")!.OfType<JsonObject>().Select(static resource => resource.StringAt("name"));

        names.ShouldContain("deployments");
        names.ShouldContain("deployments/scale");
    }

    [Fact]
    public async Task The_aggregated_form_comes_where_it_is_accepted_first()
    {
        await using var cluster = await Cluster.StartAsync();

        var document = await cluster.SendAsync("GET", "/apis", headers: ("Accept", AggregatedDiscovery.ContentType(BodyFormat.Json)));

        document.StringAt("kind").ShouldBe("APIGroupDiscoveryList");
    }
}
