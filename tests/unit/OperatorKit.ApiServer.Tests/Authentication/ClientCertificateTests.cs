using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Authentication;

public sealed class ClientCertificateTests : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly string _directory = Directory.CreateTempSubdirectory("operatorkit-certificates-").FullName;
    private readonly TestAuthority _authority = new("authority");
    private readonly VirtualTime _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_common_name_is_the_user_and_each_organization_a_group()
    {
        await using var server = await StartAsync();
        using var certificate = _authority.Issue("CN=alice, O=dev, O=system:masters, 1.3.6.1.4.1.57683.2=u-1");

        var user = (await WhoAmIAsync(server, certificate)).ObjectAt("status", "userInfo")!;

        user.StringAt("username").ShouldBe("alice");
        user.StringAt("uid").ShouldBe("u-1");
        user.ArrayAt("groups")!.OfType<JsonString>().Select(static group => group.Value).ShouldBe(["dev", "system:masters", "system:authenticated"], ignoreOrder: true);
        user.ArrayAt("extra", "authentication.kubernetes.io/credential-id")!.ToString().ShouldBe($"[\"X509SHA256={certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant()}\"]");
    }

    [Fact]
    public async Task What_the_user_may_do_is_up_to_rbac()
    {
        await using var server = await StartAsync();
        using var alice = _authority.Issue("CN=alice");
        using var root = _authority.Issue("CN=root, O=system:masters");

        (await StatusAsync(server, alice)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(server, root)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_certificate_is_never_required()
    {
        await using var server = await StartAsync();

        (await StatusAsync(server, null)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(server, null, token: "root")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_authority_of_the_same_name_with_another_key_is_an_impostor()
    {
        await using var server = await StartAsync();
        using var impostor = new TestAuthority("authority");
        using var certificate = impostor.Issue("CN=root, O=system:masters");

        (await StatusAsync(server, certificate)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, certificate, token: "root")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_authority_need_not_be_a_root()
    {
        using var root = new TestAuthority("root");
        using var between = new TestAuthority("between", root);
        using var other = new TestAuthority("other", root);
        await using var server = await StartAsync(between);
        using var certificate = between.Issue("CN=root, O=system:masters");
        using var ofTheRoot = root.Issue("CN=root, O=system:masters");
        using var ofTheOther = other.Issue("CN=root, O=system:masters");

        (await StatusAsync(server, certificate)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, ofTheRoot)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server, ofTheOther, between: other.Certificate)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_certificate_for_servers_is_none_for_clients()
    {
        await using var server = await StartAsync();
        using var certificate = _authority.Issue("CN=root, O=system:masters", use: ServerUse);

        (await StatusAsync(server, certificate)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_certificate_expires_by_the_clock_of_the_server_and_under_a_connection_that_is_open()
    {
        await using var server = await StartAsync();
        using var certificate = _authority.Issue("CN=root, O=system:masters", until: _time.GetUtcNow().AddHours(1));
        using var client = Client(server, certificate);

        (await client.GetAsync("/api/v1/nodes", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromHours(2));
        (await client.GetAsync("/api/v1/nodes", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_chain_over_an_authority_in_between_leads_to_the_trusted_one()
    {
        await using var server = await StartAsync();
        using var between = new TestAuthority("between", _authority);
        using var certificate = between.Issue("CN=root, O=system:masters");

        (await StatusAsync(server, certificate, between: between.Certificate)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, certificate)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_certificate_without_a_name_leaves_its_owner_anonymous()
    {
        await using var server = await StartAsync();
        using var certificate = _authority.Issue("O=system:masters");

        (await StatusAsync(server, certificate)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(server, certificate, token: "root")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_kubeconfig_carries_the_certificate_and_its_key()
    {
        await using var server = await StartAsync();
        using var certificate = _authority.Issue("CN=alice");

        var lines = server.Kubeconfig(certificate).Split('\n');

        string Data(string name) => System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(lines.Single(line => line.Contains(name, StringComparison.Ordinal)).Split('"')[1]));
        using var read = X509Certificate2.CreateFromPem(Data("client-certificate-data"), Data("client-key-data"));
        read.Thumbprint.ShouldBe(certificate.Thumbprint);
        lines.ShouldNotContain(static line => line.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_https_or_a_certificate_in_the_file_the_server_does_not_start()
    {
        var empty = Path.Combine(_directory, "empty.pem");
        await File.WriteAllTextAsync(empty, "nothing", Cancelled);

        await Should.ThrowAsync<ArgumentException>(() => KubernetesApiServer.StartAsync(new ApiServerOptions { ClientCaFile = empty }, Cancelled));
        (await Should.ThrowAsync<FormatException>(() => KubernetesApiServer.StartAsync(new ApiServerOptions { ClientCaFile = empty, Https = true }, Cancelled)))
            .Message.ShouldBe("The file of client certificate authorities holds no certificate. Give one or more in PEM form.");
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<KubernetesApiServer> StartAsync(TestAuthority? trusted = null)
    {
        var (authorities, tokens) = (Path.Combine(_directory, "ca.pem"), Path.Combine(_directory, "tokens.csv"));
        await File.WriteAllTextAsync(authorities, (trusted ?? _authority).Pem, Cancelled);
        await File.WriteAllTextAsync(tokens, "root,root,1,\"system:masters\"\n", Cancelled);
        return await KubernetesApiServer.StartAsync(new ApiServerOptions { Https = true, ClientCaFile = authorities, TokenFile = tokens, Time = _time }, Cancelled);
    }

    private static HttpClient Client(KubernetesApiServer server, X509Certificate2? certificate, X509Certificate2? between = null)
    {
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, shown, _, _) => shown?.Subject == "CN=OperatorKit API server" } };
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, between is null ? [] : [between], offline: true);
        return new HttpClient(handler) { BaseAddress = server.Address };
    }

    private static async Task<HttpStatusCode> StatusAsync(KubernetesApiServer server, X509Certificate2? certificate, string? token = null, X509Certificate2? between = null)
    {
        using var client = Client(server, certificate, between);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, Cancelled);
        return response.StatusCode;
    }

    private static async Task<JsonObject> WhoAmIAsync(KubernetesApiServer server, X509Certificate2 certificate)
    {
        using var client = Client(server, certificate);
        using var review = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync("/apis/authentication.k8s.io/v1/selfsubjectreviews", review, Cancelled);
        return (JsonObject)JsonParser.Parse(await response.Content.ReadAsByteArrayAsync(Cancelled)).Value;
    }
}
