using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Testing.Assertions;

namespace OperatorKit.Testing.Tests;

public class RequestLogTests
{
    [Fact]
    public async Task Requests_are_told_with_answer_target_and_body()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: token);
        var log = new RequestLog();
        using var client = new KubernetesClient(ClusterConnection.ParseKubeconfig(server.Kubeconfig()), new KubernetesClientOptions { OnRequest = log.Add });
        await client.ConfigMaps("default").CreateAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a" } }, cancellationToken: token);
        await client.ConfigMaps("default").FindAsync("b", token);
        await client.ConfigMaps("kube-system").FindAsync("c", token);

        var told = log.Describe("default");

        told.ShouldStartWith("The last 2 requests:");
        told.ShouldContain("201  create configmaps default");
        told.ShouldContain("\"metadata\":{\"name\":\"a\"}");
        told.ShouldContain("404  get configmaps default/b");
    }
}
