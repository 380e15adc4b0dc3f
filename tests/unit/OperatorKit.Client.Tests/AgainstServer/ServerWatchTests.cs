using OperatorKit.Models;

namespace OperatorKit.Client.Tests;

public class ServerWatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly ResourceClient<V1ConfigMap> _maps = server.Client.ConfigMaps("default");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watch_from_a_list_sees_all_that_happens_after_it()
    {
        var list = await _maps.ListAsync(cancellationToken: Token);
        await _maps.CreateAsync(Map("seen"), cancellationToken: Token);
        await _maps.PatchAsync("seen", Patch.Merge("""{"data":{"a":"1"}}"""), cancellationToken: Token);
        await _maps.DeleteAsync("seen", cancellationToken: Token);

        var events = await Take(3, new WatchOptions { ResourceVersion = list.ResourceVersion, FieldSelector = "metadata.name=seen" });

        events.Select(change => change.Type).ShouldBe([WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted]);
        events.Select(change => long.Parse(change.ResourceVersion, null)).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_list_by_watch_ends_its_first_part_with_a_bookmark()
    {
        await _maps.CreateAsync(Map("initial"), cancellationToken: Token);

        var events = await Take(2, new WatchOptions { SendInitialEvents = true, FieldSelector = "metadata.name=initial" });

        events[0].Object.Metadata.Name.ShouldBe("initial");
        events[1].Type.ShouldBe(WatchEventType.Bookmark);
        events[1].InitialEventsEnd.ShouldBeTrue();
    }

    [Fact]
    public async Task A_version_that_the_server_has_forgotten_is_expired()
    {
        var old = (await _maps.ListAsync(cancellationToken: Token)).ResourceVersion;
        await _maps.CreateAsync(Map("one"), cancellationToken: Token);
        await _maps.CreateAsync(Map("two"), cancellationToken: Token);
        server.Server.Compact();

        await Should.ThrowAsync<ExpiredException>(() => Take(1, new WatchOptions { ResourceVersion = old }));
    }

    private async Task<List<WatchEvent<V1ConfigMap>>> Take(int count, WatchOptions options) => await _maps.WatchAsync(options, Token).Take(count).ToListAsync(Token);

    private static V1ConfigMap Map(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };
}
