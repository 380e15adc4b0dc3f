using OperatorKit.Testing.Tests.Simulations.Operators;
using Samples;

namespace OperatorKit.Testing.Tests.Simulations;

/// <summary>Operators that use most of what there is, under everything that can go wrong.</summary>
public sealed class WideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Finalizers_fields_timers_daemons_second_controllers_and_other_kinds_withstand_it() => Simulation.RunAsync(Tenancy.Operators, Tenancy.Options("1-15"), Token);

    [Fact]
    public Task Lists_page_by_page_withstand_it()
    {
        var options = new SimulationOptions { Seeds = "1-15", CrashAtEveryWrite = false, Configure = static configured => configured.StreamLists = false };
        return Simulation.RunAsync(static operators => operators.AddSimpleAppOperator(), options, Token);
    }

    [Fact]
    public Task Shards_withstand_it() => Simulation.RunAsync(
        static operators => operators.AddSimpleAppOperator(), new SimulationOptions { Seeds = "1-15", CrashAtEveryWrite = false, Shards = 2 }, Token);
}
