using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kitchen;
using OperatorKit.ApiServer;

namespace OperatorKit.Generators.Tests;

/// <summary>The definition of the record that has everything, on a server.</summary>
public sealed class ServerTests
{
    private const string Sinks = "/apis/kitchen.example.com/v1beta1/namespaces/default/kitchensinks";

    [Fact]
    public async Task The_server_takes_the_definition_and_fills_in_its_defaults()
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false }, TestContext.Current.CancellationToken);
        using var http = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
        using var created = await SendAsync(http, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", KitchenSink.CustomResourceDefinitionJson.ToArray());
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await Body(created));
        created.Headers.Contains("Warning").ShouldBeFalse();
        await server.QuiesceAsync(TestContext.Current.CancellationToken);

        using var one = await SendAsync(http, Sinks, Object("""{ "name": "n" }"""));
        one.StatusCode.ShouldBe(HttpStatusCode.Created, await Body(one));
        var spec = JsonNode.Parse(await Body(one))!["spec"]!;
        spec["mode"]!.GetValue<string>().ShouldBe("slow-and-steady");
        spec["limits"]!["cpu"]!.GetValue<string>().ShouldBe("500m");
        spec["words"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{ }""", "spec.name")]
    [InlineData("""{ "name": "n", "small": 11 }""", "spec.small")]
    [InlineData("""{ "name": "n", "large": 7 }""", "spec.large")]
    [InlineData("""{ "name": "n", "note": "ABC" }""", "spec.note")]
    [InlineData("""{ "name": "n", "mode": "Sideways" }""", "spec.mode")]
    [InlineData("""{ "name": "n", "timeout": "1.5 hours" }""", "spec.timeout")]
    [InlineData("""{ "name": "n", "words": [] }""", "spec.words")]
    [InlineData("""{ "name": "n", "modes": ["Fast", "Fast"] }""", "spec.modes")]
    [InlineData("""{ "name": "n", "endpoints": [{ "name": "a" }, { "name": "a" }] }""", "spec.endpoints")]
    [InlineData("""{ "name": "n", "memory": "lots" }""", "spec.memory")]
    [InlineData("""{ "name": "n", "small": 10, "large": 5 }""", "small must not be above large")]
    [InlineData("""{ "name": "n", "note": "ab", "link": "https://example.com" }""", "at most one of the fields in [note link] may be set")]
    [InlineData("""{ "name": "n", "source": { "git": { "repository": "r" }, "http": { "url": "u" } } }""", "exactly one of the fields in [git http] must be set")]
    public async Task The_server_refuses_what_the_record_does_not_allow(string spec, string expected)
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false }, TestContext.Current.CancellationToken);
        using var http = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
        using var created = await SendAsync(http, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", KitchenSink.CustomResourceDefinitionJson.ToArray());
        await server.QuiesceAsync(TestContext.Current.CancellationToken);
        using var refused = await SendAsync(http, Sinks, Object(spec));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await Body(refused));
        (await Body(refused)).ShouldContain(expected);
    }

    private static byte[] Object(string spec) => Encoding.UTF8.GetBytes(
        $$"""{ "apiVersion": "kitchen.example.com/v1beta1", "kind": "KitchenSink", "metadata": { "name": "one" }, "spec": {{spec}} }""");

    private static Task<string> Body(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string path, byte[] json)
    {
        using var content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } };
        return await http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
