using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OperatorKit.ApiServer;

namespace OperatorKit.Clients.Tests;

/// <summary>kubectl, unchanged, through the commands that people use.</summary>
public sealed class Kubectl : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("operatorkit-kubectl-").FullName;
    private KubernetesApiServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Workloads = true });
        await File.WriteAllTextAsync(Path.Combine(_home, "kubeconfig"), _server.Kubeconfig());
    }

    [Fact]
    public async Task Custom_resources_are_applied_listed_scaled_and_explained()
    {
        await RunAsync("apply", "-f", Manifest("widgets.yaml"));
        await RunAsync("wait", "--for=condition=Established", "crd/widgets.clients.example.com", "--timeout=20s");
        (await RunAsync("apply", "-f", Manifest("widget.yaml"))).ShouldContain("widget.clients.example.com/one created");
        (await RunAsync("apply", "-f", Manifest("widget.yaml"))).ShouldContain("widget.clients.example.com/one unchanged");
        (await RunAsync("scale", "wd/one", "--replicas=5")).ShouldContain("scaled");
        (await RunAsync("get", "wd")).ShouldMatch(@"NAME\s+REPLICAS\s*\none\s+5");
        (await RunAsync("explain", "widget.spec.replicas")).ShouldContain("How many.");
        (await RunAsync("patch", "wd", "one", "--type=merge", "-p", """{"spec":{"replicas":3}}""")).ShouldContain("patched");
        (await RunAsync("get", "wd", "one", "-o", "jsonpath={.spec.replicas}")).ShouldBe("3");
        (await FailAsync("patch", "wd", "one", "--type=merge", "-p", """{"spec":{"replicas":0}}""")).ShouldContain("should be greater than or equal to 1");
        (await RunAsync("delete", "wd", "one")).ShouldContain("deleted");
    }

    [Fact]
    public async Task A_deployment_rolls_out_and_is_described_edited_and_deleted()
    {
        await RunAsync("create", "deployment", "web", "--image=nginx:1.27", "--replicas=2");
        (await RunAsync("rollout", "status", "deployment/web", "--timeout=20s")).ShouldContain("successfully rolled out");
        (await RunAsync("set", "image", "deployment/web", "nginx=nginx:1.28")).ShouldContain("image updated");
        await RunAsync("rollout", "status", "deployment/web", "--timeout=20s");
        (await RunAsync("get", "deployment", "web")).ShouldMatch(@"web\s+2/2\s+2\s+2");
        (await RunAsync("patch", "deployment", "web", "-p", """{"spec":{"template":{"spec":{"containers":[{"name":"nginx","env":[{"name":"A","value":"1"}]}]}}}}""")).ShouldContain("patched");
        (await RunAsync("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}")).ShouldBe("nginx:1.28");
        (await RunAsync("describe", "deployment", "web")).ShouldContain("MinimumReplicasAvailable");
        await RunAsync("label", "deployment", "web", "tier=front");
        await RunAsync("annotate", "deployment", "web", "note=hi");
        (await RunAsync("get", "deployment", "-l", "tier=front", "-o", "name")).ShouldContain("deployment.apps/web");
        (await RunAsync("delete", "deployment", "web", "--wait=true")).ShouldContain("deleted");
    }

    [Fact]
    public async Task Server_side_apply_diff_and_kustomize_work()
    {
        (await RunAsync("apply", "--server-side", "-f", Manifest("config.yaml"))).ShouldContain("serverside-applied");
        (await ToolAsync("diff", "-f", Manifest("config.yaml"))).ExitCode.ShouldBe(0);
        await RunAsync("patch", "configmap", "settings", "--type=json", "-p", """[{"op":"replace","path":"/data/color","value":"red"}]""");
        (await ToolAsync("diff", "--server-side", "--force-conflicts", "-f", Manifest("config.yaml"))).Output.ShouldContain("+  color: blue");
        (await FailAsync("apply", "--server-side", "-f", Manifest("config.yaml"))).ShouldContain("conflict with \"kubectl-patch\"");
        (await RunAsync("apply", "-k", Manifest("kustomize"))).ShouldContain("configmap/dev-settings created");
    }

    [Fact]
    public async Task Namespaces_secrets_tokens_and_permissions_work()
    {
        await RunAsync("create", "namespace", "demo");
        await RunAsync("create", "configmap", "one", "--from-literal=a=b", "-n", "demo");
        await RunAsync("create", "secret", "generic", "two", "--from-literal=p=q", "-n", "demo");
        (await RunAsync("get", "secret", "two", "-n", "demo", "-o", "jsonpath={.data.p}")).ShouldBe("cQ==");
        (await RunAsync("create", "token", "default", "-n", "demo")).ShouldStartWith("eyJ");
        (await RunAsync("auth", "can-i", "create", "pods")).Trim().ShouldBe("yes");
        (await RunAsync("delete", "namespace", "demo")).ShouldContain("deleted");
        (await FailAsync("get", "namespace", "demo")).ShouldContain("not found");
    }

    [Fact]
    public async Task It_asks_for_version_kinds_and_a_drain_without_complaint()
    {
        (await RunAsync("version")).ShouldContain("Server Version: v1.36");
        (await RunAsync("api-resources")).ShouldContain("deployments");
        (await RunAsync("get", "--raw", "/readyz")).ShouldBe("ok");
        (await RunAsync("drain", "node-1", "--dry-run=server", "--force")).ShouldContain("drained");
    }

    [Fact]
    public async Task A_client_certificate_says_who_asks()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=clients", key, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = new CertificateRequest("CN=alice, O=system:masters", own, HashAlgorithmName.SHA256).Create(root, root.NotBefore, root.NotAfter, [1]);
        using var certificate = bare.CopyWithPrivateKey(own);
        var authorities = Path.Combine(_home, "ca.pem");
        await File.WriteAllTextAsync(authorities, root.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Https = true, ClientCaFile = authorities }, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_home, "kubeconfig"), server.Kubeconfig(certificate), TestContext.Current.CancellationToken);

        (await RunAsync("auth", "whoami", "-o", "jsonpath={.status.userInfo.username} {.status.userInfo.groups}")).ShouldBe("""alice ["system:masters","system:authenticated"]""");
        (await RunAsync("create", "namespace", "demo")).ShouldContain("created");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private static string Manifest(string name) => Path.Combine(AppContext.BaseDirectory, "Manifests", name);

    private async Task<string> RunAsync(params string[] arguments) => (await ToolAsync(arguments)).Succeeded();

    private async Task<string> FailAsync(params string[] arguments)
    {
        var result = await ToolAsync(arguments);
        result.ExitCode.ShouldNotBe(0);
        return result.Errors;
    }

    private Task<ToolResult> ToolAsync(params string[] arguments)
    {
        Assert.SkipUnless(Tool.Exists("kubectl"), "kubectl is not on the path");
        // kubectl keeps a discovery cache under HOME: each test has its own.
        return Tool.RunAsync("kubectl", arguments, _home, ("KUBECONFIG", Path.Combine(_home, "kubeconfig")), ("HOME", _home));
    }
}
