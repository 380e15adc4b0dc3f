using System.Text;
using OperatorKit.ApiServer;

namespace OperatorKit.Clients.Tests;

/// <summary>An operator written with Kopf, unchanged: create, update and delete handlers, its finalizer and its progress.</summary>
public sealed class KopfOperator
{
    [Fact]
    public async Task It_creates_scales_and_deletes_a_replica_set()
    {
        Assert.SkipUnless(Tool.Exists("python3"), "python3 is not on the path");
        var folder = Path.Combine(AppContext.BaseDirectory, "Python");
        var kopf = await Tool.RunAsync("python3", ["-c", "import kopf"], folder);
        Assert.SkipUnless(kopf.ExitCode == 0, "python3 has no module kopf; 'pip install kopf' brings it");
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var kubeconfig = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(kubeconfig, server.Kubeconfig(), TestContext.Current.CancellationToken);
            await InstallAsync(server);

            var result = await Tool.RunAsync("python3", ["-W", "ignore", "life.py"], folder, ("KUBECONFIG", kubeconfig));

            result.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
                ["created one-replicaset 3 SimpleApp", "status one-replicaset kopf.zalando.org/KopfFinalizerMarker", "scaled 3 5", "deleted"]);
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    }

    private static async Task InstallAsync(KubernetesApiServer server)
    {
        using var client = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
        var manifest = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Manifests", "simpleapps.yaml"), TestContext.Current.CancellationToken);
        using var body = new StringContent(manifest, Encoding.UTF8, "application/yaml");
        using var answer = await client.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
