using OperatorKit.Testing;
using Samples;

namespace OperatorKit.IntegrationTests;

/// <summary>The sample in the process of the test.</summary>
public sealed class SimpleAppInProcess(SharedCluster shared) : SimpleAppLifecycle(shared)
{
    private readonly SharedCluster _shared = shared;

    protected override async Task<IAsyncDisposable> RunAsync(TestNamespace home) => await _shared.RunAsync(home, static operators => operators.AddSimpleAppOperator());
}
