using OperatorKit.ApiServer;

namespace OperatorKit.Clients.Tests;

/// <summary>A controller of client-go, unchanged: protobuf both ways, a leader's lease, a streaming informer and a work queue.</summary>
public sealed class GoController
{
    [Fact]
    public async Task It_leads_lists_watches_and_writes()
    {
        Assert.SkipUnless(Tool.Exists("go"), "go is not on the path");
        var token = TestContext.Current.CancellationToken;
        var folder = Path.Combine(AppContext.BaseDirectory, "Go");
        var build = await Tool.RunAsync("go", ["build", "-mod=mod", "-o", "controller", "."], folder);
        Assert.SkipUnless(build.ExitCode == 0, "go could not build against k8s.io/client-go: no module proxy within reach");
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: token);
        var kubeconfig = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(kubeconfig, server.Kubeconfig(), token);

            var result = await Tool.RunAsync(Path.Combine(folder, "controller"), [], folder, ("KUBECONFIG", kubeconfig));

            result.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .ShouldBe(["leading", "listed before 1", "copied 1", "copied 2", "gone"]);
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    }
}
