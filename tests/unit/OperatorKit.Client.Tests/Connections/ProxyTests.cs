using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OperatorKit.Client.Tests;

/// <summary>A proxy on the loopback interface that answers in the place of the cluster behind it.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);

    public ProxyTests() => _proxy.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _proxy.Dispose();

    [Fact]
    public async Task Requests_go_through_the_proxy_of_the_kubeconfig()
    {
        var connection = ClusterConnection.ParseKubeconfig($$"""
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{ name: c, context: { cluster: k, user: u } }]
            clusters: [{ name: k, cluster: { server: 'http://cluster.invalid:6443', proxy-url: 'http://127.0.0.1:{{((IPEndPoint)_proxy.LocalEndpoint).Port}}' } }]
            users: [{ name: u, user: {} }]
            """);
        var asked = AnswerAsync("""{"metadata":{"name":"a"}}""");
        using var client = new KubernetesClient(connection, new KubernetesClientOptions { MaxRetries = 0 });

        (await client.Resource<Widget>("default").GetAsync("a", Token)).Metadata.Name.ShouldBe("a");

        (await asked).ShouldStartWith("GET http://cluster.invalid:6443/apis/");
    }

    [Fact]
    public async Task A_cluster_behind_https_is_reached_by_a_tunnel()
    {
        var connection = new ClusterConnection { Server = new Uri("https://cluster.invalid:6443"), Proxy = new Uri($"http://127.0.0.1:{((IPEndPoint)_proxy.LocalEndpoint).Port}") };
        var asked = AnswerAsync("", "403 Forbidden");
        using var client = new KubernetesClient(connection, new KubernetesClientOptions { MaxRetries = 0 });

        (await Should.ThrowAsync<ClusterUnreachableException>(() => client.Resource<Widget>("default").GetAsync("a", Token))).Message.ShouldContain("proxies on the way");

        (await asked).ShouldStartWith("CONNECT cluster.invalid:6443 ");
    }

    [Theory]
    [InlineData("10.0.0.0/8,localhost", "https://10.96.0.1", true)]
    [InlineData("10.0.0.0/8", "https://11.96.0.1", false)]
    [InlineData("fd00::/8", "https://[fd00::1]:6443", true)]
    [InlineData("cluster.local", "https://kubernetes.default.svc.cluster.local", true)]
    [InlineData(".cluster.local", "https://kubernetes.default.svc.cluster.local", true)]
    [InlineData("cluster.local", "https://mycluster.local", false)]
    [InlineData("cluster.local, 10.0.0.0/33", "https://10.96.0.1", false)]
    [InlineData("*", "https://cluster.invalid", true)]
    public void What_no_proxy_names_is_reached_without_one(string exceptions, string server, bool isBypassed)
    {
        var proxy = new EnvironmentProxy(new WebProxy("http://proxy.invalid"), exceptions);

        proxy.IsBypassed(new Uri(server)).ShouldBe(isBypassed);
        (proxy.GetProxy(new Uri(server)) is null).ShouldBe(isBypassed);
    }

    [Fact]
    public void A_proxy_that_is_no_url_is_named() => Should.Throw<KubeconfigException>(() => ClusterConnection.ParseKubeconfig("""
        current-context: c
        contexts: [{ name: c, context: { cluster: k, user: u } }]
        clusters: [{ name: k, cluster: { server: 'http://cluster.invalid', proxy-url: 'ftp://there' } }]
        users: [{ name: u, user: {} }]
        """)).Message.ShouldContain("proxy-url 'ftp://there' is not a URL");

    [Fact]
    public void A_dead_connection_is_noticed_by_its_missing_ping()
    {
        var connection = new ClusterConnection { Server = new Uri("https://cluster.invalid") };
        using var authorization = new Authorization(connection, TimeProvider.System);
        using var handler = ClusterHandler.Create(connection, authorization, new KubernetesClientOptions());

        handler.KeepAlivePingPolicy.ShouldBe(HttpKeepAlivePingPolicy.Always);
        (handler.KeepAlivePingDelay + handler.KeepAlivePingTimeout).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(45));
        handler.EnableMultipleHttp2Connections.ShouldBeTrue();
    }

    /// <summary>Takes one request and gives its first line.</summary>
    private async Task<string> AnswerAsync(string body, string status = "200 OK")
    {
        using var connection = await _proxy.AcceptTcpClientAsync(Token);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        var first = await reader.ReadLineAsync(Token);
        while (await reader.ReadLineAsync(Token) is { Length: > 0 })
        {
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), Token);
        return first!;
    }
}
