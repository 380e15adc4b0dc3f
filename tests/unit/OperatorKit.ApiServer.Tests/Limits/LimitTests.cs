using System.Net;
using System.Text;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;
using OperatorKit.ApiServer.Requests;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Tests.Limits;

/// <summary>What one request can make the server do is bounded.</summary>
public sealed class LimitTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_listens_on_a_loopback_address_unless_it_is_told_otherwise()
    {
        IPAddress.IsLoopback(new ApiServerOptions().Address).ShouldBeTrue();
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancelled);

        IPAddress.IsLoopback(IPAddress.Parse(server.Address.Host)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_it_says_so(bool saysSo)
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancelled);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, ConfigMaps)) { Content = new ByteArrayContent(new byte[BodyReader.Limit + 1]) };
        request.Headers.TransferEncodingChunked = !saysSo;

        using var response = await client.SendAsync(request, Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/yaml")]
    public async Task A_body_that_is_nested_too_deeply_is_refused(string mediaType)
    {
        await using var cluster = await Cluster.StartAsync();
        var body = $"{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"a\"}},\"x\":{new string('[', JsonDepth.Maximum + 1)}{new string(']', JsonDepth.Maximum + 1)}}}";

        var answer = await cluster.SendAsync("POST", ConfigMaps, body, mediaType: mediaType);

        (answer.LongAt("code"), answer.StringAt("message")!.Contains("max depth", StringComparison.Ordinal)).ShouldBe((400, true));
    }

    [Fact]
    public async Task A_json_patch_of_too_many_operations_is_refused()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, "{'metadata':{'name':'a'}}");
        var patch = $"[{string.Join(',', Enumerable.Repeat("{'op':'test','path':'/kind','value':'ConfigMap'}", JsonPatch.MaximumOperations + 1))}]";

        (await cluster.SendAsync("PATCH", $"{ConfigMaps}/a", patch, mediaType: "application/json-patch+json")).LongAt("code").ShouldBe(413);
    }

    [Fact]
    public async Task A_json_patch_cannot_double_an_object_without_end()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'a'}},'data':{{'k':'{new string('x', 100_000)}'}}}}");
        var patch = new StringBuilder("[");
        for (var i = 0; i < 20; i++)
            patch.Append(i == 0 ? "" : ",").Append("{'op':'copy','from':'','path':'/x").Append(i).Append("'}");

        (await cluster.SendAsync("PATCH", $"{ConfigMaps}/a", patch.Append(']').ToString(), mediaType: "application/json-patch+json")).LongAt("code").ShouldBe(422);
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData(@"(a)\1")]
    [InlineData("(?>a+)b")]
    [InlineData("((a{1000}){1000}){1000}")]
    public void A_pattern_that_could_take_for_ever_is_refused(string pattern) => Should.Throw<ArgumentException>(() => Patterns.Of(pattern));

    [Fact]
    public void A_pattern_takes_time_in_proportion_to_the_text() => Patterns.Of("^(a+)+$").IsMatch(new string('a', 100_000) + "b").ShouldBeFalse();

    [Fact]
    public void Compiled_patterns_do_not_pile_up()
    {
        for (var i = 0; i < 3_000; i++)
            Patterns.Of($"pattern{i}");

        Patterns.Kept.ShouldBeLessThanOrEqualTo(1_000);
    }
}
