using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Tests.Storage;

public sealed class StoreTests
{
    private static readonly GroupResource Things = new("example.com", "things");
    private static readonly GroupResource Others = new("example.com", "others");

    private readonly Store _store = new(new StoreOptions { HistoryLength = 4, SubscriptionCapacity = 2 });

    [Fact]
    public void Revisions_grow_across_resources()
    {
        var first = Put(Things, "a")!;
        var second = Put(Others, "a")!;

        second.Revision.ShouldBe(first.Revision + 1);
        second.Value.StringAt("metadata", "resourceVersion").ShouldBe($"{second.Revision}");
    }

    [Fact]
    public void A_write_made_from_an_old_state_is_refused()
    {
        var first = Put(Things, "a")!;
        Put(Things, "a", first).ShouldNotBeNull();

        Put(Things, "a", first).ShouldBeNull();
        _store.TryRemove(Things, first).ShouldBeNull();
    }

    [Fact]
    public void A_taken_name_is_refused()
    {
        Put(Things, "a");

        Put(Things, "a").ShouldBeNull();
    }

    [Fact]
    public void A_deletion_tells_the_last_state_under_a_new_revision()
    {
        var stored = Put(Things, "a")!;
        var subscription = _store.Subscribe(Things, null, out _)!;

        _store.TryRemove(Things, stored);

        subscription.Events.TryRead(out var change).ShouldBeTrue();
        change!.Type.ShouldBe(StoreEventType.Deleted);
        change.Revision.ShouldBe(stored.Revision + 1);
        change.Object.Value.StringAt("name").ShouldBe("a");
        change.Object.Value.StringAt("metadata", "resourceVersion").ShouldBe($"{stored.Revision + 1}");
    }

    [Fact]
    public void A_table_of_the_past_is_found_by_undoing()
    {
        var a = Put(Things, "a")!;
        var b = Put(Things, "b")!;
        _store.TryRemove(Things, a);
        Put(Things, "b", b);

        Names(_store.ReadAt(Things, b.Revision)!).ShouldBe(["a", "b"]);
        _store.ReadAt(Things, b.Revision)!.Find("ns", "b").ShouldBeSameAs(b);
        Names(_store.Read(Things).Objects).ShouldBe(["b"]);
    }

    [Fact]
    public void History_beyond_the_window_is_forgotten()
    {
        var first = Put(Things, "a")!;
        foreach (var name in (string[])["b", "c", "d", "e"])
            Put(Things, name);

        _store.ReadAt(Things, first.Revision).ShouldNotBeNull();
        Put(Things, "f");

        _store.ReadAt(Things, first.Revision).ShouldBeNull();
        _store.Subscribe(Things, first.Revision, out var oldest).ShouldBeNull();
        oldest.ShouldBe(first.Revision + 1);
    }

    [Fact]
    public void Compaction_forgets_everything_up_to_now()
    {
        var a = Put(Things, "a")!;
        Put(Things, "b");

        _store.Compact();

        _store.Subscribe(Things, a.Revision, out _).ShouldBeNull();
        _store.Subscribe(Things, _store.Revision, out _).ShouldNotBeNull();
    }

    [Fact]
    public void A_subscription_from_the_past_gets_what_happened_since()
    {
        var a = Put(Things, "a")!;
        Put(Things, "b");

        var subscription = _store.Subscribe(Things, a.Revision, out _)!;

        subscription.Backlog.ShouldHaveSingleItem().Object.Name.ShouldBe("b");
    }

    [Fact]
    public void A_subscriber_that_does_not_keep_up_is_dropped()
    {
        var subscription = _store.Subscribe(Things, null, out _)!;

        foreach (var name in (string[])["a", "b", "c", "d"])
            Put(Things, name);

        subscription.Events.TryRead(out _).ShouldBeTrue();
        subscription.Events.TryRead(out _).ShouldBeTrue();
        subscription.Events.TryRead(out _).ShouldBeFalse();
        subscription.Events.Completion.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Objects_stand_in_the_order_of_etcd_keys()
    {
        Put(Things, "x", ns: "a");
        Put(Things, "x", ns: "a-b");

        _store.Read(Things).Objects.In(null).Select(static stored => stored.Namespace).ShouldBe(["a-b", "a"]);
    }

    [Fact]
    public async Task Waiting_for_a_revision_ends_when_it_is_written()
    {
        var waiting = _store.WaitForAsync(_store.Revision + 1, TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();

        Put(Things, "a");

        await waiting;
    }

    private static IEnumerable<string> Names(ObjectTable table) => table.In(null).Select(static stored => stored.Name);

    private StoredObject? Put(GroupResource resource, string name, StoredObject? expected = null, string ns = "ns") =>
        _store.TryPut(resource, ns, name, JsonObject.Of(("name", name), ("metadata", JsonObject.Empty)), expected);
}
