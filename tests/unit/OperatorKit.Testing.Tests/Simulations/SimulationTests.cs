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
    [InlineData("8709:s0:f3.5")] // every list of a new process was refused for longer than the cluster had to be quiet
    [InlineData("9334:s0:f1")] // a leader lost its lease and took it again within such a time
    [InlineData("9604")] // a leader that was asked to stop wrote after its lease had run out
    public Task A_seed_that_has_failed_passes(string seed) => Simulation.RunAsync(
        static operators => operators.AddSimpleAppOperator(), new SimulationOptions { Seeds = seed, CrashAtEveryWrite = false }, Token);

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
