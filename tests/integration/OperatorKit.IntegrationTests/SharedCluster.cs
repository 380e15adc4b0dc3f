using OperatorKit.IntegrationTests;
using OperatorKit.Testing;
using Samples;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace OperatorKit.IntegrationTests;

/// <summary>One cluster for all tests here: they keep apart by namespace, so that slow providers start once.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    public TestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // Longer than an operator takes that starts in a process of its own on a busy machine.
        Cluster = await TestCluster.StartAsync(new TestClusterOptions { Patience = TimeSpan.FromMinutes(1) });
        await Cluster.InstallAsync<SimpleApp>();
        await Cluster.InstallAsync<Guarded>();
        await Cluster.InstallAsync<Moody>();
    }

    /// <summary>Starts an operator that sees one namespace only.</summary>
    public Task<OperatorHost> RunAsync(TestNamespace @namespace, Action<OperatorBuilder> configure)
    {
        var options = new OperatorOptions();
        options.Namespaces.Add(@namespace.Name);
        return Cluster.RunOperatorAsync(configure, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
