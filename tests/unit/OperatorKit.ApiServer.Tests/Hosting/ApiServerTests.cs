using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OperatorKit.ApiServer.Tests.Hosting;

public sealed class ApiServerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_listens_on_a_free_loopback_port()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancelled);
        using var client = new HttpClient();

        server.Address.Host.ShouldBe("127.0.0.1");
        (await client.GetStringAsync(new Uri(server.Address, "/healthz"), Cancelled)).ShouldBe("ok");
    }

    [Fact]
    public async Task Https_is_served_with_the_certificate_of_the_kubeconfig()
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Https = true }, Cancelled);
        var line = server.Kubeconfig().Split('\n').Single(static line => line.Contains("certificate-authority-data", StringComparison.Ordinal));
        using var authority = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(line.Split(": ")[1])));
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Thumbprint == authority.Thumbprint };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20 };

        var response = await client.GetAsync(new Uri(server.Address, "/version"), Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Version.ShouldBe(HttpVersion.Version20);
    }

    [Fact]
    public async Task A_taken_port_is_an_io_error()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancelled);

        await Should.ThrowAsync<IOException>(() => KubernetesApiServer.StartAsync(new ApiServerOptions { Port = server.Address.Port }, Cancelled));
    }

    [Fact]
    public async Task Two_servers_share_nothing()
    {
        await using var one = await Cluster.StartAsync();
        await using var other = await Cluster.StartAsync();

        await one.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'mine'}}");

        (await other.GetAsync("/api/v1/namespaces/mine")).LongAt("code").ShouldBe(404);
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/apis/nope.example.com")]
    [InlineData("/apis/nope.example.com/v1/things")]
    public async Task An_unknown_path_is_not_found_in_plain_text(string path)
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false }, Cancelled);
        using var client = new HttpClient(server.CreateHandler());

        var response = await client.GetAsync(new Uri(server.Address, path), Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldBe("404 page not found\n");
    }
}
