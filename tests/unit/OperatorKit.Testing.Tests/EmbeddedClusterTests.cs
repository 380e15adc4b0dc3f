using Microsoft.Extensions.Logging;
using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Testing.Assertions;

namespace OperatorKit.Testing.Tests;

public class EmbeddedClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_cluster_is_there_for_one_test(bool isInMemory, bool isHttps)
    {
        await using var cluster = await Start(new TestClusterOptions { InMemory = isInMemory, Https = isHttps });
        await using var home = await cluster.CreateNamespaceAsync("mine", Token);

        await home.Resource<V1ConfigMap>().CreateAsync(Map("a", "1"), cancellationToken: Token);

        home.Name.ShouldStartWith("mine-");
        (await home.Resource<V1ConfigMap>().GetAsync("a", Token)).Data!["value"].ShouldBe("1");
    }

    [Fact]
    public async Task Its_kubeconfig_works_for_other_clients()
    {
        await using var cluster = await Start(new TestClusterOptions { Https = true });

        using var other = new KubernetesClient(ClusterConnection.ParseKubeconfig(cluster.Kubeconfig));

        (await other.Namespaces().FindAsync("default", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Eventually_sees_a_change_that_comes_later()
    {
        await using var cluster = await Start();
        await using var home = await cluster.CreateNamespaceAsync(cancellationToken: Token);
        var maps = home.Resource<V1ConfigMap>();

        var waiting = home.EventuallyAsync<V1ConfigMap>("a", map => map.Data!["value"] == "2", Token);
        await maps.CreateAsync(Map("a", "1"), cancellationToken: Token);
        await maps.PatchAsync("a", Patch.Merge("""{"data":{"value":"2"}}"""), cancellationToken: Token);
        (await waiting).Data!["value"].ShouldBe("2");

        var going = home.EventuallyGoneAsync<V1ConfigMap>("a", Token);
        await maps.DeleteAsync("a", cancellationToken: Token);
        await going;
    }

    [Fact]
    public async Task Eventually_that_fails_shows_the_object_as_it_was_last()
    {
        await using var cluster = await Start(new TestClusterOptions { Patience = TimeSpan.Zero });
        await using var home = await cluster.CreateNamespaceAsync(cancellationToken: Token);
        await home.Resource<V1ConfigMap>().CreateAsync(Map("a", "1"), cancellationToken: Token);
        await cluster.Client.ApplyManifestAsync($$"""
            apiVersion: v1
            kind: Event
            metadata: {name: a.1, namespace: {{home.Name}}}
            involvedObject: {kind: ConfigMap, name: a, namespace: {{home.Name}}}
            type: Warning
            reason: Broken
            message: it is broken
            """, cancellationToken: Token);

        var error = await Should.ThrowAsync<EventuallyException>(() => home.EventuallyAsync<V1ConfigMap>("a", map => map.Data!["value"] == "2", Token));

        error.Message.ShouldStartWith($"ConfigMap {home.Name}/a did not meet within 0 s: map => map.Data![\"value\"] == \"2\"");
        error.Message.ShouldContain("\"value\": \"1\"");
        error.Message.ShouldContain($"POST /api/v1/namespaces/{home.Name}/configmaps");
        error.Message.ShouldContain("Warning Broken ConfigMap/a: it is broken");
        error.Message.ShouldContain($"Added configmaps {home.Name}/a");
    }

    [Fact]
    public async Task Eventually_of_what_never_was_says_so()
    {
        await using var cluster = await Start(new TestClusterOptions { Patience = TimeSpan.Zero });

        var error = await Should.ThrowAsync<EventuallyException>(() => cluster.EventuallyAsync<V1Namespace>(null, "none", _ => true, Token));

        error.Message.ShouldContain("There never was one of this name.");
    }

    [Fact]
    public void The_log_of_an_operator_has_no_room_for_what_the_framework_tells()
    {
        using var log = new OperatorLog();

        log.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogInformation("chatter");
        log.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogWarning("trouble");
        log.CreateLogger("OperatorKit.simpleapp").LogDebug("handled");

        log.Describe().ShouldBe("""
            The last 2 lines of the operator's log:
              Warning     Microsoft.AspNetCore.Server.Kestrel: trouble
              Debug       OperatorKit.simpleapp: handled

            """);
    }

    private static Task<TestCluster> Start(TestClusterOptions? options = null) =>
        TestCluster.StartAsync((options ?? new TestClusterOptions { Patience = TimeSpan.FromMinutes(1) }) with { Provider = ClusterProvider.Embedded }, Token);

    private static V1ConfigMap Map(string name, string value) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Data = new Dictionary<string, string> { ["value"] = value },
    };
}
