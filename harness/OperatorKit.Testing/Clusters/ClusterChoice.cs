using OperatorKit.Testing.EnvTest;

namespace OperatorKit.Testing.Clusters;

/// <summary>Chooses and starts what a test runs on.</summary>
internal static class ClusterChoice
{
    public const string Variable = "OPERATORKIT_CLUSTER";

    public static ClusterProvider Of(TestClusterOptions options, string? variable) => options.Provider ?? variable?.ToLowerInvariant() switch
    {
        null or "" or "embedded" => ClusterProvider.Embedded,
        "envtest" => ClusterProvider.EnvTest,
        "existing" => ClusterProvider.Existing,
        "k3s" => ClusterProvider.K3s,
        _ => throw new ArgumentException($"{Variable} is {variable}; it may be embedded, envtest, existing or k3s."),
    };

    public static async Task<ICluster> StartAsync(ClusterProvider provider, TestClusterOptions options, CancellationToken cancellationToken) => provider switch
    {
        ClusterProvider.Embedded => await EmbeddedCluster.StartAsync(options, cancellationToken),
        ClusterProvider.EnvTest => await EnvTestCluster.StartAsync(EnvTestAssets.Find(), cancellationToken),
        ClusterProvider.Existing => ExistingCluster.Start(Environment.GetEnvironmentVariable("KUBECONFIG")),
        ClusterProvider.K3s => await StartK3sAsync(options, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such provider."),
    };

#if K3S
    private static async Task<ICluster> StartK3sAsync(TestClusterOptions options, CancellationToken cancellationToken) =>
        await K3s.K3sCluster.StartAsync(options, cancellationToken);
#else
    private static Task<ICluster> StartK3sAsync(TestClusterOptions options, CancellationToken cancellationToken) =>
        throw new PlatformNotSupportedException("This build has no k3s in it: dotnet test -p:Cluster=k3s");
#endif
}
