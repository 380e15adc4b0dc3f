using OperatorKit.Caching;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;
using static OperatorKit.Tests.Caching.Objects;

namespace OperatorKit.Tests.Caching;

public sealed class ObjectCacheTests
{
    private readonly ObjectCache<SimpleApp> _cache = new(indexOwners: true);

    [Fact]
    public void An_event_changes_the_object()
    {
        _cache.Set(App("a", 1))!.Value.Before.ShouldBeNull();
        var change = _cache.Set(App("a", 2))!.Value;

        change.Before!.Metadata.ResourceVersion.ShouldBe("1");
        change.After!.Metadata.ResourceVersion.ShouldBe("2");
        Version("a").ShouldBe("2");
    }

    [Theory]
    [InlineData("9", "10", -1)]
    [InlineData("10", "9", 1)]
    [InlineData("10", "10", 0)]
    [InlineData(null, "1", -1)]
    [InlineData("18446744073709551616", "9", 1)]
    public void Versions_compare_as_numbers_of_any_length(string? left, string? right, int order) =>
        Math.Sign(ResourceVersions.Compare(left, right)).ShouldBe(order);

    [Fact]
    public void An_event_that_is_older_than_the_cache_changes_nothing()
    {
        _cache.Set(App("a", 5));

        _cache.Set(App("a", 4)).ShouldBeNull();
        Version("a").ShouldBe("5");
    }

    [Fact]
    public void A_list_removes_what_it_does_not_hold()
    {
        _cache.Replace([App("a", 1), App("b", 2)], "2");

        var changes = _cache.Replace([App("b", 2)], "7");

        var gone = changes.ShouldHaveSingleItem();
        gone.Key.ShouldBe(new ObjectKey("default", "a"));
        gone.After.ShouldBeNull();
        gone.Source.ShouldBe(ChangeSource.Watch);
        _cache.Count.ShouldBe(1);
    }

    [Fact]
    public void The_first_list_is_told_from_later_ones()
    {
        _cache.Replace([App("a", 1)], "1").ShouldHaveSingleItem().Source.ShouldBe(ChangeSource.FirstList);
        _cache.Replace([App("a", 3)], "3").ShouldHaveSingleItem().Source.ShouldBe(ChangeSource.Watch);
    }

    [Fact]
    public void The_answer_of_a_write_is_visible_at_once_and_its_event_is_no_news()
    {
        _cache.Set(App("a", 1));

        _cache.Overlay(App("a", 2))!.Value.Source.ShouldBe(ChangeSource.OwnWrite);
        Version("a").ShouldBe("2");
        _cache.Set(App("a", 2)).ShouldBeNull();
    }

    [Fact]
    public void A_list_that_was_read_before_an_own_write_does_not_undo_it()
    {
        _cache.Replace([], "5");
        _cache.Overlay(App("a", 7));

        _cache.Replace([], "6").ShouldBeEmpty();
        Version("a").ShouldBe("7");
        _cache.Replace([], "8").ShouldHaveSingleItem();
    }

    [Fact]
    public void The_answer_of_a_write_does_not_raise_an_object_that_was_deleted_since()
    {
        _cache.Set(App("a", 1));
        _cache.Remove(App("a", 3));

        _cache.Overlay(App("a", 2)).ShouldBeNull();
        _cache.Count.ShouldBe(0);
    }

    [Fact]
    public void A_bookmark_after_an_own_write_keeps_a_late_answer_out()
    {
        _cache.Advance("10");

        _cache.Overlay(App("a", 9)).ShouldBeNull();
    }

    [Fact]
    public void An_own_deletion_hides_the_object_from_events_that_are_under_way()
    {
        _cache.Set(App("a", 1));
        _cache.OverlayDeletion(new ObjectKey("default", "a"), "uid-a");

        _cache.Set(App("a", 2)).ShouldBeNull();
        _cache.Count.ShouldBe(0);
    }

    [Fact]
    public void A_new_object_of_a_name_that_was_deleted_here_is_seen()
    {
        _cache.Set(App("a", 1));
        _cache.OverlayDeletion(new ObjectKey("default", "a"), "uid-a");

        _cache.Set(App("a", 4, uid: "another")).ShouldNotBeNull();
        Version("a").ShouldBe("4");
    }

    [Fact]
    public void A_deletion_does_not_take_a_later_object_of_the_same_name()
    {
        _cache.Overlay(App("a", 9, uid: "another"));

        _cache.Remove(App("a", 8)).ShouldBeNull();
        Version("a").ShouldBe("9");
    }

    [Fact]
    public void Objects_are_found_by_their_owner_as_long_as_they_have_it()
    {
        var owner = new V1OwnerReference { Uid = "owner" };
        _cache.Set(App("a", 1, owners: owner));
        _cache.Set(App("b", 2, owners: owner));
        _cache.Set(App("a", 3));

        var owned = new List<SimpleApp>();
        _cache.OwnedBy("owner", owned);

        owned.ShouldHaveSingleItem().Metadata.Name.ShouldBe("b");
        _cache.Remove(App("b", 4));
        owned.Clear();
        _cache.OwnedBy("owner", owned);
        owned.ShouldBeEmpty();
    }

    [Fact]
    public void A_relist_keeps_the_instances_that_have_not_changed()
    {
        var first = App("a", 1);
        _cache.Set(first);

        _cache.Intern(App("a", 1)).ShouldBeSameAs(first);
        var newer = App("a", 2);
        _cache.Intern(newer).ShouldBeSameAs(newer);
    }

    [Fact]
    public void A_list_from_before_what_was_seen_counts_alone()
    {
        _cache.Replace([App("a", 50), App("b", 60)], "70");
        _cache.Overlay(App("c", 80));

        var changes = _cache.Replace([App("a", 5, uid: "restored")], "9");

        changes.Count.ShouldBe(3);
        Version("a").ShouldBe("5");
        _cache.Count.ShouldBe(1);
        _cache.Set(App("a", 10, uid: "restored")).ShouldNotBeNull();
    }

    [Fact]
    public void A_list_of_another_cluster_that_counts_further_replaces_what_was_seen_before()
    {
        _cache.Replace([App("a", 36)], "36");

        _cache.Replace([App("a", 35, uid: "another")], "40").ShouldHaveSingleItem();

        Version("a").ShouldBe("35");
    }

    [Theory]
    [InlineData("a", 1, "uid-a", true)]
    [InlineData("a", 9, "uid-a", true)]
    [InlineData("a", 9, "made anew", true)]
    [InlineData("b", 9, "uid-b", true)]
    [InlineData("a", 1, "another cluster", false)]
    [InlineData("b", 1, "uid-b", false)]
    public void A_page_tells_whether_the_cluster_is_the_same(string name, int version, string uid, bool same)
    {
        _cache.Replace([App("a", 1)], "5");

        _cache.IsConsistentWith([App(name, version, uid)]).ShouldBe(same);
        _cache.IsConsistentWith([]).ShouldBeFalse();
    }

    private string? Version(string name) => _cache.TryGet(new ObjectKey("default", name), out var found) ? found.Metadata.ResourceVersion : null;
}
