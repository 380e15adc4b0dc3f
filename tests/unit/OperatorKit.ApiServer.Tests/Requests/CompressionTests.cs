using System.IO.Compression;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Requests;

public sealed class CompressionTests
{
    [Fact]
    public async Task A_large_answer_is_compressed_for_a_client_that_can_read_it_and_a_small_one_is_not()
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false }, TestContext.Current.CancellationToken);
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };

        using var large = await GetAsync(client, "/openapi/v3/api/v1", "gzip");
        large.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        large.Headers.Vary.ShouldContain("Accept-Encoding");
        await using var content = new GZipStream(await large.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, TestContext.Current.CancellationToken);
        ((JsonObject)JsonParser.Parse(whole.ToArray()).Value).StringAt("openapi").ShouldBe("3.0.0");

        using var small = await GetAsync(client, "/api/v1/namespaces/default", "gzip");
        small.Content.Headers.ContentEncoding.ShouldBeEmpty();
        using var plain = await GetAsync(client, "/openapi/v3/api/v1", "identity");
        plain.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_is_read_as_it_comes_whatever_its_encoding_is_said_to_be()
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false }, TestContext.Current.CancellationToken);
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };

        (await PostAsync(client, "{\"metadata\":{\"name\":\"a\"}}"u8.ToArray())).StringAt("metadata", "name").ShouldBe("a");
        (await PostAsync(client, [0x1f, 0x8b, 0x08])).StringAt("message").ShouldBe(
            "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character '\\x1f' looking for beginning of value (1f8b08)");
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await client.PostAsync("/api/v1/namespaces/default/configmaps", content, TestContext.Current.CancellationToken);
        return (JsonObject)JsonParser.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Value;
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
