using System.Net;
using System.Text.Json.Nodes;
using OperatorKit.Models;

namespace OperatorKit.Tests.Webhooks;

/// <summary>Whatever is posted, the webhook answers, and answers the next.</summary>
public sealed class BadInputTests
{
    private const string Path = "/validate-example-com-v1-simpleapp";

    public static TheoryData<string, string, HttpStatusCode> Bodies => new()
    {
        { Path, "", HttpStatusCode.BadRequest },
        { Path, "not json", HttpStatusCode.BadRequest },
        { Path, "null", HttpStatusCode.BadRequest },
        { Path, "[1,2", HttpStatusCode.BadRequest },
        { Path, new string('[', 10_000), HttpStatusCode.BadRequest },
        { Path, """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"1"}}""", HttpStatusCode.BadRequest },
        { Path, """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}""", HttpStatusCode.BadRequest },
        { Path, """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","operation":"CREATE"}}""", HttpStatusCode.BadRequest },
        { Path, """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":1,"uid":2}}""", HttpStatusCode.BadRequest },
        { Path, $"\"{new string('x', 20_000)}\"", HttpStatusCode.RequestEntityTooLarge },
        { "/convert", """{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1"}""", HttpStatusCode.BadRequest },
        { "/elsewhere", "{}", HttpStatusCode.NotFound },
    };

    [Fact]
    public async Task Bad_bodies_are_refused_and_the_next_request_is_answered()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await using var host = await cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings(), configure: static o => o.MaxBodySize = 10_000);
        using var http = await ConnectAsync(cluster);
        foreach (var (path, body, status) in Bodies.Select(static b => b.Data))
        {
            using var answer = await http.PostAsync(path, new StringContent(body), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(status, $"{path} {body[..Math.Min(body.Length, 100)]}");
        }

        (await http.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        await cluster.CreateAsync("one");
    }

    [Fact]
    public async Task Nothing_is_served_without_tls()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await using var host = await cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings());
        using var http = await ConnectAsync(cluster);

        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new UriBuilder(http.BaseAddress!) { Scheme = "http" }.Uri, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_kind_that_is_not_converted_here_is_told_by_its_name()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await using var host = await cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings());
        using var http = await ConnectAsync(cluster);
        using var body = new StringContent("""
            {"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"uid":"7","desiredAPIVersion":"other.example.com/v2",
             "objects":[{"apiVersion":"other.example.com/v1","kind":"Other","metadata":{"name":"a"}}]}}
            """);

        using var answer = await http.PostAsync("/convert", body, TestContext.Current.CancellationToken);

        var response = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["response"]!;
        ((string?)response["uid"]).ShouldBe("7");
        ((string?)response["result"]!["status"]).ShouldBe("Failure");
        ((string?)response["result"]!["message"]).ShouldBe("This operator does not convert Other of group other.example.com: add its conversion, as in operators.AddOtherConversion().");
    }

    /// <summary>A client that trusts anything, to where the API server was told to go.</summary>
    private static async Task<HttpClient> ConnectAsync(WebhookCluster cluster)
    {
        var configuration = (await cluster.Client.Resource<V1ValidatingWebhookConfiguration>().ListAsync()).Items.ShouldHaveSingleItem();
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        return new HttpClient(handler) { BaseAddress = new Uri(new Uri(configuration.Webhooks![0].ClientConfig!.Url!), "/") };
    }
}
