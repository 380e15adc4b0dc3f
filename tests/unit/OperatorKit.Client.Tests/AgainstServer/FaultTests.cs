using OperatorKit.ApiServer;
using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

/// <summary>A server that fails on purpose.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly ServerFixture _fixture = new();

    private ResourceClient<V1ConfigMap> Maps => _fixture.Client.ConfigMaps("default");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_list_that_is_cut_short_is_read_again()
    {
        await Maps.CreateAsync(Map("a"), cancellationToken: Token);
        Once("list", Fault.Truncate(20));

        (await Maps.ListAsync(cancellationToken: Token)).ShouldContain(map => map.Metadata.Name == "a");
    }

    [Fact]
    public async Task An_apply_whose_answer_is_lost_is_sent_again()
    {
        Once("patch", Fault.LoseAnswer());

        (await Maps.ApplyAsync(Map("a"), cancellationToken: Token)).Metadata.Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_not_sent_again()
    {
        Once("create", Fault.LoseAnswer());

        await Should.ThrowAsync<ClusterUnreachableException>(() => Maps.CreateAsync(Map("a"), cancellationToken: Token));
        (await Maps.FindAsync("a", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_create_that_the_server_has_no_time_for_is_sent_again()
    {
        Once("create", Fault.TooManyRequests());

        (await Maps.CreateAsync(Map("a"), cancellationToken: Token)).Metadata.Name.ShouldBe("a");
    }

    [Fact]
    public async Task A_watch_ends_when_the_server_goes_and_can_be_resumed_when_it_is_back()
    {
        var created = await Maps.CreateAsync(Map("a"), cancellationToken: Token);
        await using var events = Maps.WatchAsync(new WatchOptions { FieldSelector = "metadata.name=a" }, Token).GetAsyncEnumerator(Token);
        (await events.MoveNextAsync()).ShouldBeTrue();

        await _fixture.Server.StopAsync();
        await Should.ThrowAsync<ClusterUnreachableException>(async () => await events.MoveNextAsync());
        await _fixture.Server.StartAgainAsync(cancellationToken: Token);
        await Maps.DeleteAsync("a", cancellationToken: Token);

        var options = new WatchOptions { FieldSelector = "metadata.name=a", ResourceVersion = created.Metadata.ResourceVersion };
        (await Maps.WatchAsync(options, Token).FirstAsync(Token)).Type.ShouldBe(WatchEventType.Deleted);
    }

    private void Once(string verb, Fault fault) =>
        _fixture.Server.Faults.Add(new FaultRule(request => request.Verb == verb && request.Resource == "configmaps", fault) { Times = 1 });

    private static V1ConfigMap Map(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };
}
