using OperatorKit.Testing;

namespace OperatorKit.IntegrationTests;

/// <summary>The sample as it ships: published self-contained and trimmed, in a process of its own.</summary>
public sealed class SimpleAppPublished(SharedCluster shared, PublishedSample sample) : SimpleAppLifecycle(shared), IClassFixture<PublishedSample>
{
    protected override async Task<IAsyncDisposable> RunAsync(TestNamespace home)
    {
        Assert.SkipWhen(sample.Missing is not null, sample.Missing ?? "");
        return await sample.StartAsync(home);
    }
}
