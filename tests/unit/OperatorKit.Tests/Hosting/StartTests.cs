using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Hosting;

public sealed class StartTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task Without_the_crd_the_start_fails_with_the_command_that_installs_it()
    {
        await using var cluster = await Cluster.StartAsync(installCrd: false);

        var exception = await Should.ThrowAsync<OperatorStartException>(() => cluster.RunAsync(_handler));

        exception.Message.ShouldContain("The cluster does not serve SimpleApp (simpleapps.example.com, version v1)");
        exception.Message.ShouldContain("kubectl apply --server-side -f manifests/crds/example.com_simpleapps.yaml");
    }

    [Fact]
    public async Task When_told_to_wait_it_starts_once_the_crd_is_there()
    {
        await using var cluster = await Cluster.StartAsync(installCrd: false);
        var starting = cluster.RunAsync(_handler, options: new OperatorOptions { WaitForPrerequisites = true });
        await cluster.InstallCrdAsync();

        await starting;
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_fails_the_start_in_time()
    {
        var time = new ManualTime();
        await using var cluster = await Cluster.StartAsync(time: time);
        cluster.Requests.Intercept = _ => throw new HttpRequestException("Connection refused");

        var starting = cluster.RunAsync(_handler);
        await time.AdvanceUntilAsync(() => starting.IsCompleted, TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<OperatorStartException>(() => starting)).InnerException.ShouldBeOfType<ClusterUnreachableException>();
    }

    [Fact]
    public async Task Health_and_metrics_are_served()
    {
        await using var cluster = await Cluster.StartAsync();
        var host = await cluster.RunAsync(_handler, options: new OperatorOptions { HttpPort = 0 });
        await cluster.CreateAsync("app");
        await cluster.UntilReadyAsync("app");
        using var http = new HttpClient { BaseAddress = host.HttpAddress };

        (await http.GetStringAsync("/healthz")).ShouldBe("ok");
        (await http.GetStringAsync("/readyz")).ShouldBe("ok");
        var metrics = await http.GetStringAsync("/metrics");
        metrics.ShouldContain("# TYPE controller_runtime_reconcile_total counter");
        metrics.ShouldContain("""controller_runtime_reconcile_total{controller="simpleapp",result="success"} """);
        metrics.ShouldContain("""operatorkit_cache_objects{kind="simpleapps.example.com"} 1""");
    }

    [Fact]
    public async Task A_user_whom_rbac_allows_nothing_is_told_which_commands_change_that()
    {
        var tokens = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");
        await File.WriteAllTextAsync(tokens, "secret,jane,uid-jane\n", TestContext.Current.CancellationToken);
        await using var server = await KubernetesApiServer.StartAsync(
            new ApiServerOptions { Listen = false, TokenFile = tokens }, TestContext.Current.CancellationToken);
        File.Delete(tokens);
        using var client = new KubernetesClient(
            new ClusterConnection { Server = server.Address, Credentials = new ClusterCredentials { Token = "secret" } },
            new KubernetesClientOptions { Handler = server.CreateHandler() });

        var exception = await Should.ThrowAsync<OperatorStartException>(() => OperatorHost.StartAsync(
            client,
            operators => operators.AddController<SimpleApp, ScriptedHandler>(HandlerMethods.Create, [], _ => _handler),
            new OperatorOptions { Name = "myop" }));

        exception.Message.ShouldStartWith("jane lacks permissions.");
        exception.Message.ShouldContain("kubectl create clusterrole myop-simpleapps.example.com --verb=get,list,watch --resource=simpleapps.example.com");
        exception.Message.ShouldContain("--user=jane");
    }

    [Fact]
    public async Task A_missing_right_to_write_fails_the_start_with_the_commands_that_grant_it()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Requests.Intercept = request => request.RequestUri!.AbsolutePath.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal)
            ? Answer(request, "patch")
            : null;

        var exception = await Should.ThrowAsync<OperatorStartException>(() => cluster.RunAsync(_handler));

        exception.Message.ShouldContain("kubectl create clusterrole");
        exception.Message.ShouldContain("--verb=patch --resource=simpleapps.example.com/status");
        exception.Message.ShouldContain("--verb=patch --resource=replicasets.apps");
        exception.Message.ShouldNotContain("--verb=create");

        static HttpResponseMessage Answer(HttpRequestMessage request, string denied)
        {
            using var body = new StreamReader(request.Content!.ReadAsStream());
            var allowed = body.ReadToEnd().Contains($"\"{denied}\"", StringComparison.Ordinal) ? "false" : "true";
            return new HttpResponseMessage
            {
                Content = new StringContent($$$"""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","metadata":{},"spec":{},"status":{"allowed":{{{allowed}}}}}"""),
            };
        }
    }

    [Fact]
    public async Task An_operator_without_controllers_is_an_error()
    {
        await using var cluster = await Cluster.StartAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => OperatorHost.StartAsync(cluster.OperatorClient, _ => { }));
    }

    [Theory]
    [InlineData("system:serviceaccount:apps:operator", "--serviceaccount=apps:operator")]
    [InlineData("jane", "--user=jane")]
    public void A_missing_permission_is_named_with_the_commands_that_grant_it(string user, string grantee)
    {
        var refusal = new ForbiddenException($"""simpleapps.example.com is forbidden: User "{user}" cannot list resource "simpleapps" in API group "example.com" at the cluster scope""");

        var hint = OperatorKit.Hosting.StartHints.For(refusal, SimpleApp.Definition, null, isOwn: true, "myop", "manifests");

        hint.ShouldStartWith($"{user} lacks permissions.");
        hint.ShouldContain("kubectl create clusterrole myop-simpleapps.example.com --verb=get,list,watch --resource=simpleapps.example.com");
        hint.ShouldContain($"kubectl create clusterrolebinding myop-simpleapps.example.com --clusterrole=myop-simpleapps.example.com {grantee}");
    }
}
