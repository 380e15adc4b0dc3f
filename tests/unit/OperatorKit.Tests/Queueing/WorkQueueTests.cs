using OperatorKit.Queueing;

namespace OperatorKit.Tests.Queueing;

public sealed class WorkQueueTests
{
    private readonly WorkQueue<string> _queue = new();

    [Fact]
    public void A_key_added_twice_is_handed_out_once()
    {
        _queue.Add("a");
        _queue.Add("a");

        TakeAll().ShouldBe(["a"]);
    }

    [Fact]
    public void Keys_are_handed_out_in_the_order_in_which_they_came()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");

        TakeAll().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_key_that_is_out_is_not_handed_out_again_until_it_is_done()
    {
        _queue.Add("a");
        _queue.TryTake(out _).ShouldBeTrue();
        _queue.Add("a");

        _queue.TryTake(out _).ShouldBeFalse();
        _queue.Done("a");

        TakeAll().ShouldBe(["a"]);
    }

    [Fact]
    public void Many_changes_during_a_run_make_one_more_run()
    {
        _queue.Add("a");
        _queue.TryTake(out _);
        for (var i = 0; i < 10; i++)
        {
            _queue.Add("a");
        }

        _queue.Done("a");
        TakeAll().ShouldBe(["a"]);
        _queue.Done("a");

        TakeAll().ShouldBeEmpty();
    }

    [Fact]
    public void A_hot_key_goes_behind_the_others()
    {
        _queue.Add("hot");
        _queue.TryTake(out _);
        _queue.Add("hot");
        _queue.Add("cold");
        _queue.Done("hot");

        TakeAll().ShouldBe(["cold", "hot"]);
    }

    [Fact]
    public void Changes_overtake_the_first_list()
    {
        _queue.Add("old", QueuePriority.Background);
        _queue.Add("both", QueuePriority.Background);
        _queue.Add("new");
        _queue.Add("both");

        TakeAll().ShouldBe(["new", "both", "old"]);
        _queue.Ready.ShouldBe(0);
    }

    [Fact]
    public void A_delayed_key_gets_ready_at_its_time_and_not_before()
    {
        _queue.AddAt("a", Seconds(10));

        _queue.Promote(Seconds(9)).ShouldBe(Seconds(10));
        TakeAll().ShouldBeEmpty();
        _queue.Promote(Seconds(10)).ShouldBeNull();
        TakeAll().ShouldBe(["a"]);
    }

    [Fact]
    public void Of_several_delays_the_earliest_counts()
    {
        _queue.AddAt("a", Seconds(10));
        _queue.AddAt("a", Seconds(5));
        _queue.AddAt("a", Seconds(20));

        _queue.Promote(Seconds(5)).ShouldBeNull();
        TakeAll().ShouldBe(["a"]);
        _queue.Done("a");
        _queue.Promote(Seconds(30)).ShouldBeNull();
        TakeAll().ShouldBeEmpty();
    }

    [Fact]
    public void A_run_in_between_replaces_the_delay()
    {
        _queue.AddAt("a", Seconds(10));
        _queue.Add("a");
        TakeAll().ShouldBe(["a"]);
        _queue.Done("a");

        _queue.Promote(Seconds(10)).ShouldBeNull();
        TakeAll().ShouldBeEmpty();
    }

    [Fact]
    public void Failures_are_counted_until_forgotten()
    {
        _queue.CountFailure("a").ShouldBe(1);
        _queue.CountFailure("a").ShouldBe(2);
        _queue.Forget("a");

        _queue.CountFailure("a").ShouldBe(1);
    }

    [Fact]
    public void Delays_that_were_replaced_take_no_room_for_ever()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _queue.AddAt("a", Seconds(100_000 - i));
        }

        _queue.Delayed.ShouldBeLessThan(1_000);
        _queue.Promote(Seconds(1)).ShouldBeNull();
        TakeAll().ShouldBe(["a"]);
    }

    [Fact]
    public void A_key_tells_since_when_it_was_ready()
    {
        _queue.Add("a", now: Seconds(1));
        _queue.Add("a", now: Seconds(2));
        _queue.TryTake(out _);
        _queue.ReadySince.ShouldBe(Seconds(1));

        _queue.Add("a", now: Seconds(3));
        _queue.Done("a", Seconds(5));
        _queue.TryTake(out _);
        _queue.ReadySince.ShouldBe(Seconds(5));
    }

    [Fact]
    public void A_warm_queue_allocates_nothing()
    {
        Cycle(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Cycle(1_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Cycle(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _queue.Add("a");
            _queue.TryTake(out var key);
            _queue.Done(key!);
        }
    }

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (_queue.TryTake(out var key))
        {
            taken.Add(key);
        }

        return taken;
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
