namespace OperatorKit.ApiServer.Tests.Time;

public sealed class VirtualTimeTests
{
    [Fact]
    public void It_stands_still_until_it_is_moved()
    {
        var time = new VirtualTime(new DateTimeOffset(2031, 5, 1, 0, 0, 0, TimeSpan.Zero));
        var before = time.GetTimestamp();

        time.Advance(TimeSpan.FromSeconds(90));

        time.GetUtcNow().ShouldBe(new DateTimeOffset(2031, 5, 1, 0, 1, 30, TimeSpan.Zero));
        time.GetElapsedTime(before).ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_each_at_its_own()
    {
        var time = new VirtualTime();
        var start = time.GetUtcNow();
        var fired = new List<string>();
        using var late = Timer(time, fired, start, "late", 3);
        using var early = Timer(time, fired, start, "early", 1);
        using var same = Timer(time, fired, start, "same", 3);

        time.Advance(TimeSpan.FromSeconds(10));

        fired.ShouldBe(["early at 1", "late at 3", "same at 3"]);
    }

    [Fact]
    public void A_period_fires_as_often_as_it_fits()
    {
        var time = new VirtualTime();
        var count = 0;
        using var timer = time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(6));

        count.ShouldBe(3);
    }

    [Fact]
    public void A_timer_that_was_moved_or_disposed_does_not_fire_at_its_old_time()
    {
        var time = new VirtualTime();
        var fired = new List<string>();
        var gone = Timer(time, fired, time.GetUtcNow(), "gone", 1);
        using var moved = Timer(time, fired, time.GetUtcNow(), "moved", 1);
        moved.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        gone.Dispose();

        time.Advance(TimeSpan.FromSeconds(4));
        fired.ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(["moved at 5"]);
    }

    [Fact]
    public void A_timer_may_start_another_on_the_way()
    {
        var time = new VirtualTime();
        var start = time.GetUtcNow();
        var fired = new List<string>();
        using var first = time.CreateTimer(_ => Timer(time, fired, start, "second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(2));

        fired.ShouldBe(["second at 2"]);
    }

    private static ITimer Timer(VirtualTime time, List<string> fired, DateTimeOffset start, string name, int seconds) => time.CreateTimer(
        _ => fired.Add($"{name} at {(time.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
