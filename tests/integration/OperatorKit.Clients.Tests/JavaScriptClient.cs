using OperatorKit.ApiServer;

namespace OperatorKit.Clients.Tests;

/// <summary>The JavaScript client from npm, unchanged: reads and writes, and an informer.</summary>
public sealed class JavaScriptClient : IAsyncLifetime
{
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    private KubernetesApiServer? _server;
    private string _kubeconfig = "";

    public async ValueTask InitializeAsync()
    {
        _server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Https = true });
        _kubeconfig = Path.GetTempFileName();
        await File.WriteAllTextAsync(_kubeconfig, _server.Kubeconfig());
    }

    [Fact]
    public async Task It_creates_patches_lists_and_deletes()
    {
        var result = await RunAsync("crud.mjs");

        Lines(result.Succeeded()).ShouldBe(["created from-node 1", "patched 2", "listed 1", "gone 404"]);
    }

    [Fact]
    public async Task Its_informer_sees_every_change()
    {
        var result = await RunAsync("informer.mjs");

        Lines(result.Succeeded()).ShouldBe(["add before 1", "add later 1", "update later 2", "delete later 2"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        File.Delete(_kubeconfig);
    }

    private async Task<ToolResult> RunAsync(string script)
    {
        Assert.SkipUnless(Tool.Exists("node") && Tool.Exists("npm"), "node and npm are not on the path");
        var folder = await Installed.Value;
        Assert.SkipWhen(folder is null, "npm could not install @kubernetes/client-node: no registry within reach");
        return await Tool.RunAsync("node", [script], folder, ("KUBECONFIG", _kubeconfig));
    }

    /// <summary>Installs the client once for all tests; null where no registry answers.</summary>
    private static async Task<string?> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "JavaScript");
        // Without a network npm would try for minutes; a test that is skipped should not take as long as one that runs.
        string[] patience = ["--fetch-retries=1", "--fetch-timeout=20000", "--fetch-retry-maxtimeout=2000"];
        var result = await Tool.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", .. patience], folder);
        return result.ExitCode == 0 ? folder : null;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
