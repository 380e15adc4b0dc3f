using OperatorKit.Client;
using OperatorKit.Testing.Clusters;

namespace OperatorKit.Testing.Tests;

public class ClusterChoiceTests
{
    [Theory]
    [InlineData(null, ClusterProvider.Embedded)]
    [InlineData("", ClusterProvider.Embedded)]
    [InlineData("embedded", ClusterProvider.Embedded)]
    [InlineData("EnvTest", ClusterProvider.EnvTest)]
    [InlineData("existing", ClusterProvider.Existing)]
    [InlineData("k3s", ClusterProvider.K3s)]
    public void The_environment_chooses(string? variable, ClusterProvider expected) =>
        ClusterChoice.Of(new TestClusterOptions(), variable).ShouldBe(expected);

    [Fact]
    public void A_test_may_insist() =>
        ClusterChoice.Of(new TestClusterOptions { Provider = ClusterProvider.Embedded }, "k3s").ShouldBe(ClusterProvider.Embedded);

    [Fact]
    public void A_word_that_is_no_provider_lists_those_there_are() =>
        Should.Throw<ArgumentException>(() => ClusterChoice.Of(new TestClusterOptions(), "minikube")).Message
            .ShouldBe("OPERATORKIT_CLUSTER is minikube; it may be embedded, envtest, existing or k3s.");

    [Fact]
    public void An_existing_cluster_must_be_named() =>
        Should.Throw<KubeconfigException>(() => ExistingCluster.Start(null)).Message.ShouldContain("KUBECONFIG, which is not set");

    [Fact]
    public async Task K3s_that_is_not_compiled_in_says_how_to_get_it()
    {
        var error = await Should.ThrowAsync<PlatformNotSupportedException>(() =>
            TestCluster.StartAsync(new TestClusterOptions { Provider = ClusterProvider.K3s }, TestContext.Current.CancellationToken));

        error.Message.ShouldContain("-p:Cluster=k3s");
    }
}
