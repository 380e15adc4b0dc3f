using Samples;

namespace OperatorKit.Testing.Tests.Simulations;

public sealed class SimulationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_withstands_whatever_seeds_bring()
    {
        var report = await Simulation.RunAsync(static operators => operators.AddSimpleAppOperator(), new SimulationOptions { Seeds = "1-40" }, Token);

        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        report.Runs.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("24")]
    [InlineData("26")]
    public async Task The_same_seed_gives_the_same_run_to_the_last_byte(string seed)
    {
        var first = await Simulation.ReplayAsync(static operators => operators.AddSimpleAppOperator(), seed);
        var second = await Simulation.ReplayAsync(static operators => operators.AddSimpleAppOperator(), seed);

        first.ShouldNotBeEmpty();
        second.ShouldBe(first);
    }
}
