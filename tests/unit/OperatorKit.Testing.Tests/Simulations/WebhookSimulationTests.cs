using OperatorKit.Testing.Tests.Simulations.Operators;

namespace OperatorKit.Testing.Tests.Simulations;

/// <summary>Webhooks between the API server and an operator that dies, answers late or never.</summary>
public sealed class WebhookSimulationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admission_withstands_it()
    {
        var options = new SimulationOptions { Seeds = "1-20", CrashAtEveryWrite = false }
            .Always("no booking above four seats is one of single people", static cluster => cluster.List<Booking>().All(static booking => booking.Spec is { Seats: <= 4 } or { Group: true }))
            .Always("every booking has a row", static cluster => cluster.List<Booking>().All(static booking => booking.Spec.Row is { Length: > 0 }));

        var report = await Simulation.RunAsync(Bookings, options, Token);

        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        report.Runs.ShouldBeGreaterThan(0);
    }

    [Fact]
    public Task Conversion_withstands_it() => Simulation.RunAsync(
        static operators => operators.AddConcertOperator(), new SimulationOptions { Seeds = "1-10", CrashAtEveryWrite = false }, Token);

    [Fact]
    public Task A_conversion_that_holds_a_watch_up_is_waited_for() => Simulation.RunAsync(
        static operators => operators.AddConcertOperator(), new SimulationOptions { Seeds = "455:s2.4:f4", CrashAtEveryWrite = false }, Token);

    [Fact]
    public async Task A_webhook_that_fails_refuses_under_Fail_and_nothing_under_Ignore()
    {
        var (fail, ignore) = (await Simulation.ReplayAsync(Guarded(FailurePolicy.Fail), "4"), await Simulation.ReplayAsync(Guarded(FailurePolicy.Ignore), "4"));

        fail.ShouldContain("FAULT: CrashInReview");
        fail.ShouldContain("failed calling webhook");
        fail.ShouldContain("context deadline exceeded");
        ignore.ShouldContain("FAULT: CrashInReview");
        ignore.ShouldNotContain("failed calling webhook");
    }

    [Fact]
    public async Task A_mutation_that_is_never_done_is_found()
    {
        var failure = await Should.ThrowAsync<SimulationFailedException>(Simulation.RunAsync(
            static operators => operators.AddBookingOperator().AddWebhook<Booking>(null, new WebhookSettings(), static _ => new GrowingRow()), new SimulationOptions { Seeds = "1", CrashAtEveryWrite = false }, Token));

        failure.Rule.ShouldBe("nothing is stored that a webhook refuses or would change");
        failure.Message.ShouldContain("/mutate-sim-example-com-v1-booking would change it");
        failure.Seed.ShouldEndWith(":f", customMessage: failure.Message);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("33")]
    public async Task The_same_seed_gives_the_same_run_with_webhooks(string seed)
    {
        var first = await Simulation.ReplayAsync(Bookings, seed);
        var second = await Simulation.ReplayAsync(Bookings, seed);

        first.ShouldContain("Review");
        second.ShouldBe(first);
    }

    private static void Bookings(OperatorBuilder operators) => operators.AddBookingOperator().AddBookingRules().AddMapRules();

    private static Action<OperatorBuilder> Guarded(FailurePolicy policy) => operators => operators.AddBookingOperator()
        .AddWebhook<Booking>(new WebhookSettings { FailurePolicy = policy }, null, static _ => new BookingRules());

    /// <summary>Completes what it has completed before.</summary>
    private sealed class GrowingRow : AdmissionWebhook<Booking>
    {
        public override Task<Booking> MutateAsync(Booking resource, AdmissionRequest<Booking> request, CancellationToken cancellationToken) =>
            Task.FromResult(resource with { Spec = resource.Spec with { Row = resource.Spec.Row + "a" } });
    }
}
