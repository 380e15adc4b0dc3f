using OperatorKit.Models;
using OperatorKit.Testing;

namespace OperatorKit.IntegrationTests;

/// <summary>A handler that fails for one object leaves a trace on it and does not keep the others waiting.</summary>
public sealed class BadHandlers(SharedCluster shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Mood.Throws)]
    [InlineData(Mood.ThrowsForGood)]
    [InlineData(Mood.Hangs)]
    public async Task Others_are_served_while_one_object_misbehaves(Mood mood)
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home, mood);

        await CreateAsync(home, "bad", mood);
        await CreateAsync(home, "good", Mood.Fine);

        await home.EventuallyAsync<Moody>("good", moody => moody.Status?.Runs > 0, Token);
    }

    [Theory]
    [InlineData(Mood.Throws, "not today")]
    [InlineData(Mood.ThrowsForGood, "this spec cannot work")]
    [InlineData(Mood.Hangs, "took longer than")]
    public async Task The_failure_stands_in_the_ready_condition(Mood mood, string message)
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home, mood);

        await CreateAsync(home, "bad", mood);

        var bad = await home.EventuallyAsync<Moody>("bad", moody => Ready(moody)?.Status == "False", Token);
        Ready(bad)!.Message!.ShouldContain(message);
    }

    [Fact]
    public async Task A_mended_spec_is_dealt_with_after_a_terminal_error()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home, Mood.ThrowsForGood);
        await CreateAsync(home, "a", Mood.ThrowsForGood);
        await home.EventuallyAsync<Moody>("a", moody => Ready(moody)?.Status == "False", Token);

        await home.Resource<Moody>().PatchAsync("a", Client.Patch.Merge("""{"spec":{"mood":"Fine"}}"""), cancellationToken: Token);

        await home.EventuallyAsync<Moody>("a", moody => Ready(moody)?.Status == "True", Token);
    }

    private static V1Condition? Ready(Moody moody) => moody.Status?.Conditions.FirstOrDefault(condition => condition.Type == "Ready");

    // Only what hangs is to be timed out: on a busy machine any handler may take so long.
    private Task<OperatorHost> RunAsync(TestNamespace home, Mood mood) => shared.RunAsync(home, operators => operators.AddMoodyOperator(options =>
    {
        if (mood == Mood.Hangs)
            options.HandlerTimeout = TimeSpan.FromMilliseconds(200);
    }));

    private static Task<Moody> CreateAsync(TestNamespace home, string name, Mood mood) => home.Resource<Moody>().CreateAsync(
        new Moody { Metadata = new V1ObjectMeta { Name = name }, Spec = new MoodySpec { Mood = mood } }, cancellationToken: Token);
}
